/**
 * A key in use. The bytes stay in the closure, so a key is neither printed nor passed on. `field` names what is
 * sealed and must be named again to open it.
 */
export type Cipher = {
  readonly seal: (field: string, plaintext: Uint8Array) => Uint8Array<ArrayBuffer>;
  /** Throws `vault.tampered` when a byte, the owner, the field or the version differs. */
  readonly open: (field: string, sealed: Uint8Array) => Uint8Array<ArrayBuffer>;
};

/** The data key of one contact. Call {@link DataKey.wipe} when the work is done; it is of no use afterwards. */
export type DataKey = Cipher & { readonly contact: string; readonly wipe: () => void };
