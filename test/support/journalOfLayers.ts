/**
 * The lower two of three spatial layers of one VP9 key picture, as Chromium encodes them with L3T3_KEY:
 * a key frame of 320x180 and a frame of 640x360 that is made of it. Both say that they are to be shown.
 */
const LAYERS = [
  [
    'g0mDQgAT8As4J/gWeFjgkHBjmAAHgF/N88GX/mdL6X6jmP9m0HMYPezv/ClP7pr8AQuAAHnhMdMzczaa',
    'eVnKe23a33Feb3NmRn1wU/Wtfk2T0Wy/0cRZgQe+4lfVTD+ILMGOGdWvsn4qBRU5wSf7jF7xi+7yMPZ4',
    'eKm4vVR2U3aV6tobo6+M3KBuNsQ0/0sTtkiPr8vIMoBN1RXewcbO2D6C1GJ1CwEIGbLb0CzjVOY6KXSL',
    'gFllEp+htBtm2oFdjT4CFlvRjCErG3qlo++Ubc1tDZpUw6CjGg4UAyURfiGn+yJdd8II9Yf5czhv690r',
    'E4fY9+TH7QFbUOInGwbynNqJcTuYj2Y0a8pB/ZjFtijOsgzi4TUmWD16NdaOubd4qPcwSbWtBreMObLL',
    'rXytxCifiJOcA1X4Zrid1fe/+gr22VyBIFFfM+Qyn0UriFks9fR3/PoTNeIbwJkk46rFPSgcbq/Okdbb',
    'FemLig6+skRutyv3cHvAAA==',
  ],
  [
    'hwICAAT+As8E/wLPsMHBIODGAAAVQH+R5GhY/tn0pt/8/67/a3YL5eKL5d3fS5S3axd/pT5+N/k9y6Oz',
    '0vv3sfyeB8201D3gxV+a+B674G/WNR7u4NAn/CofVJpq73vogomMVp0F4PmOeAB6mer3cDOs3G/f8Pa6',
    'JtCA9qWDsWqx2X1WpyLhfguD54vUPie/22TQo2xbhc3eiXXCgycP30IbyZA2cDcBW7dRv/wAX1iotveZ',
    'xqfKAToPquYZ4vUPie/vfNUhoe+/YJ1wgffVbSpTeccP3/f3zxeofE9+WDxVcQPOoysJCP8+2zrU8f/n',
    'HD9/3ntDPi88W9YL1587OCKViZZrINnWo1qn88dnORTvvLC/SiIagj85jCWopQ4cbXHWioOLbpmMJail',
    'YmWayDZ1qOqG2c+u0BuaYmnPb9KIhqCPzmMJailB1PtcfwkZ1u25UBGUSn1PcD6kw99+seY/BywkZ2dc',
    'YRsIOho2M/qXn5/6O9Kzi3lJrGymCoGe91hESkog2Ks2p8OXlwW/zPf6SErV+a1Es3sHI4eAqGB8GLcW',
    'fD1UZwykUciPWYyfsEeHLYynAA2WZi3rWbKnkR6zGT9KaBLWrKeVhKbJoUbYtxehPH93cN7ghw8a+E89',
    '/w5bGU4AH4Tx/d3DeNcRV/Nvr1tC9PqT3uSA1Fp5nsjh6vR5OSYTMkwXd5pWrLmdUo8YlFz6nw5eXBb/',
    'EtxV/hvL/8/AIlFXpxd5bo0NN2ih+yYo/BqK3abAhJUS1qynlYSmyaFG2LcXoTx/d3De4IcPGvhPPf8O',
    'WxlOAB+E8f3dw3mxTzCrHIShOl4iqCbfhB5Qr43Wccrxf1WVNIuuHsKgm34QeUK+NvBgp6cXeW6NDTdo',
    'ofsmKPwait2mwJTX82+vW0L0+pPe5IDT0X5CflJ09mv27lXCp56w4vffYnMgI9VOMfFmXt3KuFTz1hxe',
    '++xOZAR6qcY7ff4eqjOGUiMchCDhbJ4NjBGiFN5YGpdpdsfIvXHIq5NpZtTeYhZnBrmQ/xNfYM3bfKxA',
    'kWUBit71pvnjDjpmp//lf4hd+pfkxTYeGBI7cis3rCwiRkaTjM4OrouAaKzetOE5nuu0nyyNB9dr1VAC',
    'vAPtrtJ9DvqiJ7411Eta+PLClCuJimsoPis3rThOZ7rtJ8sjQfXa9VQArwD7a7SfQ76oie+NdRLWvjyw',
    'pQyJRtM912k+h31RE98a6l1o7vlhShm1F+YffGuuis21oEVI7+3sC2Q5PsxiFBLpa6X74110Vm2tAipH',
    'hqAzvy0BbAmsoPis3rThOZ7K1EhIZF8GjVGc/NkXd5pWrLqcfY2j+DtHnCXbFf1EZFF4cM8jVgxYupbD',
    'x8peaIdRWq/XPLRX+NGPzezlb2fiYEtWhv1yhk7esfHFU9L2+gZlItDx9I9Zw3iJYcXlMQA=',
  ],
];

export const vp9Layers = (): Buffer[] =>
  LAYERS.map((lines) => Buffer.from(lines.join(''), 'base64'));
