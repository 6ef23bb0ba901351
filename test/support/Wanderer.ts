/** A browser without pages: keeps cookies, follows redirects when told to, fills in forms. */
export class Wanderer {
  /** By host, as browsers keep them: ports do not count. */
  readonly #jars = new Map<string, Map<string, string>>();

  cookies(url: string): Map<string, string> {
    const { hostname } = new URL(url);
    const jar = this.#jars.get(hostname) ?? new Map<string, string>();
    this.#jars.set(hostname, jar);
    return jar;
  }

  /** One request, whose redirect is not followed. */
  async ask(url: string, form?: Record<string, string>): Promise<Response> {
    const jar = this.cookies(url);
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') },
      ...(form && { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) jar.delete(name);
      else jar.set(name, value);
    }
    return response;
  }

  /** Where it leads; fails when it does not. */
  async step(url: string, form?: Record<string, string>): Promise<string> {
    const response = await this.ask(url, form);
    const location = response.headers.get('location');
    if (location !== null) return new URL(location, url).href;
    throw new Error(`${url} leads nowhere: ${response.status} ${await response.text()}`);
  }

  /** Through the pages of the provider, until it sends us somewhere else. */
  async passProvider(url: string, login: string): Promise<string> {
    const { origin } = new URL(url);
    let at = url;
    for (let steps = 0; steps < 20 && new URL(at).origin === origin; steps += 1) {
      const response = await this.ask(at);
      const location = response.headers.get('location');
      if (location !== null) {
        at = new URL(location, at).href;
        continue;
      }
      const page = await response.text();
      const action = /<form[^>]* action="([^"]+)"/.exec(page)?.[1];
      const prompt = /name="prompt" value="(\w+)"/.exec(page)?.[1];
      if (action === undefined || prompt === undefined) throw new Error(`No form: ${page}`);
      const filled = prompt === 'login' ? { login, password: 'any' } : {};
      at = await this.step(new URL(action, at).href, { prompt, ...filled });
    }
    return at;
  }
}
