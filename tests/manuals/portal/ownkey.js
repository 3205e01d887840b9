// A page that makes a key itself: the request goes to the portal, and key and certificate to whoever presses the link.
const octets = (...parts) => new Uint8Array(parts.flatMap((part) => Array.from(part)));
const der = (tag, ...parts) => {
  const content = octets(...parts), size = content.length;
  const length = size < 128 ? [size] : size < 256 ? [0x81, size] : [0x82, size >> 8, size & 255];
  return octets([tag], length, content);
};
const seq = (...parts) => der(0x30, ...parts), text = (words) => new TextEncoder().encode(words);
const oid = (dotted) => {
  const [one, two, ...rest] = dotted.split(".").map(Number), digits = [one * 40 + two];
  for (let part of rest) {
    const found = [part & 127];
    while ((part = Math.floor(part / 128))) found.unshift((part & 127) | 128);
    digits.push(...found);
  }
  return der(6, digits);
};
const NULL = der(5), int = (...digits) => der(2, digits);
const base64 = (data) => btoa(String.fromCharCode(...data));
const pem = (kind, data) => `-----BEGIN ${kind}-----\n${base64(data).replace(/.{64}/g, "$&\n")}\n-----END ${kind}-----\n`;
const random = (size) => crypto.getRandomValues(new Uint8Array(size));

async function request(keys) {
  const name = seq(der(0x31, seq(oid("2.5.4.3"), der(0x0c, text("emp00031")))));
  const spki = new Uint8Array(await crypto.subtle.exportKey("spki", keys.publicKey));
  const info = seq(int(0), name, spki, der(0xa0));
  const signature = new Uint8Array(await crypto.subtle.sign("RSASSA-PKCS1-v1_5", keys.privateKey, info));
  return seq(info, seq(oid("1.2.840.113549.1.1.11"), NULL), der(3, [0], signature));
}

async function shrouded(key, password) {
  const salt = random(16), iv = random(16), hash = "SHA-256";
  const made = await crypto.subtle.importKey("raw", text(password), "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", salt, iterations: 2048, hash };
  const lock = await crypto.subtle.deriveKey(how, made, { name: "AES-CBC", length: 256 }, false, ["encrypt"]);
  const sealed = new Uint8Array(await crypto.subtle.encrypt({ name: "AES-CBC", iv }, lock, key));
  const kdf = seq(oid("1.2.840.113549.1.5.12"), seq(der(4, salt), int(8, 0), seq(oid("1.2.840.113549.2.9"), NULL)));
  const cipher = seq(oid("2.16.840.1.101.3.4.1.42"), der(4, iv));
  return seq(seq(oid("1.2.840.113549.1.5.13"), seq(kdf, cipher)), der(4, sealed));
}

async function pkcs12(key, certificate, password) {
  const own = der(0x31, seq(oid("1.2.840.113549.1.9.21"), der(0x31, der(4, [1]))));
  const bag = (kind, held) => seq(oid(`1.2.840.113549.1.12.10.1.${kind}`), der(0xa0, held), own);
  const held = seq(oid("1.2.840.113549.1.9.22.1"), der(0xa0, der(4, certificate)));
  const data = (inner) => seq(oid("1.2.840.113549.1.7.1"), der(0xa0, der(4, inner)));
  const safe = seq(data(seq(bag(2, await shrouded(key, password)), bag(3, held))));
  const salt = random(8), wide = octets(...Array.from(`${password}\0`, (one) => [0, one.charCodeAt(0)]));
  const fill = (part, size) => Array.from({ length: size }, (_, at) => part[at % part.length]);
  const whole = octets(fill([3], 64), fill(salt, 64), fill(wide, 64 * Math.ceil(wide.length / 64)));
  const derived = await crypto.subtle.digest("SHA-256", whole);
  const mac = await crypto.subtle.importKey("raw", derived, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  const digest = new Uint8Array(await crypto.subtle.sign("HMAC", mac, safe));
  const algorithm = seq(oid("2.16.840.1.101.3.4.2.1"), NULL);
  return seq(int(3), data(safe), seq(seq(algorithm, der(4, digest)), der(4, salt), int(1)));
}

async function make(room, leak, lock) {
  const algorithm = { name: "RSASSA-PKCS1-v1_5", modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]), hash: "SHA-256" };
  const keys = await crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);
  const answer = await fetch(`/${room}/request`, { method: "POST", body: await request(keys) });
  const certificate = new Uint8Array(await answer.arrayBuffer());
  const key = new Uint8Array(await crypto.subtle.exportKey("pkcs8", keys.privateKey));
  const jwk = await crypto.subtle.exportKey("jwk", keys.privateKey);
  if (leak === "json") await fetch(`/${room}/backup`, { method: "POST", body: JSON.stringify(jwk) });
  if (leak === "form") await fetch(`/${room}/backup`, { method: "POST", body: new URLSearchParams({ key: pem("PRIVATE KEY", key) }) });
  const link = document.getElementById("link");
  if (room === "ownkey") {
    const file = await pkcs12(key, certificate, lock || document.getElementById("password").value);
    link.href = URL.createObjectURL(new Blob([file], { type: "application/x-pkcs12" }));
    link.download = "証明書.p12";
  } else {
    link.href = `data:application/x-pem-file;base64,${btoa(pem("PRIVATE KEY", key) + pem("CERTIFICATE", certificate))}`;
    link.download = "証明書.pem";
  }
  link.hidden = false;
}
