// Copies of what is being typed on this device: sealed with a key that the server gives to who is signed in, so that on a
// shared computer nobody else can read them. IndexedDB, because it survives a browser that is killed.

export type Fields = Record<string, string>;

export interface Copy {
  id: string;
  revision: number; // the server's, that it builds on
  onServer: boolean;
  fields: Fields;
}

interface Sealed {
  nonce: Uint8Array<ArrayBuffer>;
  text: ArrayBuffer;
}

const store = "copies";

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function openDatabase(): Promise<IDBDatabase> {
  const request = indexedDB.open("hinomi-drafts", 1);
  request.onupgradeneeded = () => request.result.createObjectStore(store);
  return settled(request);
}

/** Removes the copies of a draft that was sent, whoever's they are. */
export async function forgetSent(id: string): Promise<void> {
  const rows = (await openDatabase()).transaction(store, "readwrite").objectStore(store);
  for (const key of await settled(rows.getAllKeys())) {
    if (String(key).endsWith(`/${id}`)) rows.delete(key);
  }
}

export class Copies {
  readonly #database: IDBDatabase;
  readonly #key: CryptoKey;
  readonly #owner: string;

  private constructor(database: IDBDatabase, key: CryptoKey, owner: string) {
    this.#database = database;
    this.#key = key;
    this.#owner = owner;
  }

  /** Nothing where the browser keeps nothing: private windows, plain HTTP, a full disk. */
  static async open(keyText: string): Promise<Copies | undefined> {
    try {
      const bytes = Uint8Array.from(atob(keyText), (letter) => letter.charCodeAt(0));
      const owner = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes)).slice(0, 8);
      const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
      const name = Array.from(owner, (byte) => byte.toString(16).padStart(2, "0")).join("");
      return new Copies(await openDatabase(), key, name);
    } catch {
      return undefined;
    }
  }

  async put(copy: Copy): Promise<void> {
    const nonce = crypto.getRandomValues(new Uint8Array(12));
    const text = await crypto.subtle.encrypt(
      { name: "AES-GCM", iv: nonce, additionalData: this.#place(copy.id) },
      this.#key,
      new TextEncoder().encode(JSON.stringify(copy)),
    );
    await settled(this.#rows("readwrite").put({ nonce, text } satisfies Sealed, this.#name(copy.id)));
  }

  /** Nothing when there is none, or when it cannot be opened any more. */
  async get(id: string): Promise<Copy | undefined> {
    const sealed: Sealed | undefined = await settled(this.#rows("readonly").get(this.#name(id)));
    if (!sealed) return undefined;
    try {
      const text = await crypto.subtle.decrypt(
        { name: "AES-GCM", iv: sealed.nonce, additionalData: this.#place(id) },
        this.#key,
        sealed.text,
      );
      return JSON.parse(new TextDecoder().decode(text)) as Copy;
    } catch {
      return undefined;
    }
  }

  async all(): Promise<Copy[]> {
    const names = await settled(this.#rows("readonly").getAllKeys());
    const own = names.map(String).filter((name) => name.startsWith(`${this.#owner}/`));
    const copies = await Promise.all(own.map((name) => this.get(name.slice(this.#owner.length + 1))));
    return copies.filter((copy) => copy !== undefined);
  }

  async remove(id: string): Promise<void> {
    await settled(this.#rows("readwrite").delete(this.#name(id)));
  }

  #rows(mode: IDBTransactionMode): IDBObjectStore {
    return this.#database.transaction(store, mode).objectStore(store);
  }
  #name(id: string): string {
    return `${this.#owner}/${id}`;
  }
  // A copy opens only in its own place.
  #place(id: string): Uint8Array<ArrayBuffer> {
    return new TextEncoder().encode(this.#name(id));
  }
}
