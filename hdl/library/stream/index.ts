export type { ArbitrationPolicy } from "./arbitrate.ts";
export { AsyncFifo, type AsyncFifoOptions, type AsyncFifoParameters } from "./async-fifo.ts";
export { Fifo, type FifoParameters } from "./fifo.ts";
export { type StreamType, stream } from "./handshake.ts";
export { assertStream, assumeStream } from "./protocol.ts";
export { type SliceKind, Stream, type StreamOptions, type StreamPort } from "./stream.ts";
