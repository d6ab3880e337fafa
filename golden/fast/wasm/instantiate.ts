/** The part of the engine's WebAssembly interface that is used here; Node's types do not declare it. */
interface WebAssemblyInterface {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object) => { readonly exports: Readonly<Record<string, unknown>> };
}

/** Compiles and starts a binary module that imports nothing; its exports by name. */
export function instantiate(bytes: Uint8Array): Readonly<Record<string, unknown>> {
  const { Module, Instance } = (globalThis as unknown as { WebAssembly: WebAssemblyInterface }).WebAssembly;
  return new Instance(new Module(bytes)).exports;
}
