import { setFlagsFromString } from 'node:v8';

/**
 * To be imported before anything else. V8 of Node 24 may abort the process when it compiles the way
 * from WebAssembly to JavaScript anew, as the parser of `fetch` makes it do after 1,000 calls
 * (nodejs/node#64500): what it begins with stays.
 */
setFlagsFromString('--wasm-wrapper-tiering-budget=2147483647');
