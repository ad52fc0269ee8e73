// What a page of another site may try against the server that writes.  `key` is the right one, as
// if it had leaked: the other walls must hold without it.
window.attack = async (server, page, key, hash) => {
  const target = `${server}/.annotate/write`;
  const found = [];
  const selection = { text: "vote of nine", before: "", after: "" };
  const body = JSON.stringify({ page, do: "add", hash, selection, fields: { note: "FORGED" } });
  const state = JSON.stringify({ page, do: "state" });
  const soon = (promise, ms = 4000) => Promise.race([promise, new Promise(done => setTimeout(done, ms))]);
  const tried = async (name, how) => {
    try { found.push([name, String(await soon(how()))]); }
    catch (error) { found.push([name, `refused: ${error.name}`]); }
  };
  const json = { "Content-Type": "application/json" };
  const sure = { ...json, "X-Annotate-Token": key };
  for (const what of [body, state]) {
    for (const headers of [json, sure, { "Content-Type": "text/plain" }, {}]) {
      for (const mode of ["cors", "no-cors", "same-origin"]) {
        for (const credentials of ["include", "omit"]) {
          await tried(`fetch ${mode} ${JSON.stringify(headers)}`, async () =>
            (await fetch(target, { method: "POST", mode, credentials, headers, body: what, keepalive: true })).text());
        }
      }
    }
    for (const type of ["text/plain", "application/json", "application/x-www-form-urlencoded"]) {
      await tried(`beacon ${type}`, async () => navigator.sendBeacon(target, new Blob([what], { type })) && "");
    }
    for (const headers of [{}, json, sure]) {
      await tried("XMLHttpRequest", () => new Promise((done, failed) => {
        const request = new XMLHttpRequest();
        request.open("POST", target);
        for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
        request.onload = () => done(request.responseText);
        request.onerror = () => failed(new Error("network"));
        request.send(what);
      }));
    }
    for (const enctype of ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data"]) {
      for (const method of ["post", "get"]) {
        await tried(`form ${method} ${enctype}`, () => new Promise(done => {
          const frame = document.createElement("iframe");
          frame.name = `frame-${Math.random()}`;
          const form = document.createElement("form");
          Object.assign(form, { method, action: target, target: frame.name, enctype });
          const field = document.createElement("input");
          field.type = "hidden";
          field.name = what.slice(0, -1) + ', "x": "';
          field.value = '"}';
          form.append(field);
          frame.onload = () => {
            try { done(frame.contentDocument.body.innerText); } catch { done("refused: other origin"); }
          };
          document.body.append(frame, form);
          form.submit();
        }));
      }
    }
  }
  for (const method of ["GET", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD"]) {
    await tried(`fetch ${method}`, async () =>
      (await fetch(target, { method, headers: sure, body: /GET|HEAD/.test(method) ? undefined : body })).text());
  }
  const pages = [`${server}/`, `${server}/${page}`, `${server}/.annotate/annotate-writing.js`, `${server}/livereload/1/0`];
  for (const address of pages) {
    for (const mode of ["cors", "no-cors"]) {
      await tried(`read ${mode}`, async () => (await fetch(address, { mode })).text());
    }
    for (const [tag, attribute] of [["iframe", "src"], ["object", "data"], ["embed", "src"]]) {
      await tried(`frame ${tag}`, () => new Promise(done => {
        const element = document.createElement(tag);
        element[attribute] = address;
        element.onload = element.onerror = () => {
          try { done(element.contentDocument?.body.innerText); } catch { done("refused: other origin"); }
        };
        document.body.append(element);
        setTimeout(() => done("refused: never loaded"), 1500);
      }));
    }
    for (const [tag, attribute] of [["img", "src"], ["script", "src"], ["video", "src"], ["link", "href"]]) {
      await tried(`load ${tag}`, () => new Promise(done => {
        const element = document.createElement(tag);
        if (tag === "link") element.rel = "stylesheet";
        element[attribute] = address;
        element.onload = () => done(tag === "script" ? `LOADED ${address}` : "");
        element.onerror = () => done("refused");
        document.head.append(element);
        setTimeout(() => done("refused: never loaded"), 1500);
      }));
    }
    await tried("worker", async () => new Promise(done => {
      const worker = new Worker(URL.createObjectURL(new Blob([
        `try { importScripts(${JSON.stringify(address)}); postMessage("LOADED"); } catch (error) { postMessage("refused"); }`])));
      worker.onmessage = event => done(event.data);
    }));
  }
  await tried("WebSocket", () => new Promise(done => {
    const line = new WebSocket(`${server.replace("http", "ws")}/.annotate/write`);
    line.onopen = () => { line.send(body); done("LOADED"); };
    line.onerror = () => done("refused");
  }));
  await tried("EventSource", () => new Promise(done => {
    const events = new EventSource(`${server}/livereload/1/0`);
    events.onmessage = event => done(event.data);
    events.onerror = () => { events.close(); done("refused"); };
  }));
  await tried("window", () => new Promise(done => {
    const other = window.open(`${server}/`, "_blank");
    setTimeout(() => {
      try { done(other?.document.body.innerText); } catch { done("refused: other origin"); }
      other?.close();
    }, 800);
  }));
  return found;
};
