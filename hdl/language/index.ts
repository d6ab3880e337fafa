export type { SIntOfAtMost, SIntOperand, UIntOfAtMost, UIntOperand } from "./accepted.ts";
export { allow } from "./allow.ts";
export { assert, assume, cover, type PropertyOptions } from "./assertion.ts";
export { attribute } from "./attribute.ts";
export { BlackBox } from "./black-box.ts";
export { buildNetlist, portsOf } from "./build.ts";
export { Bundle, type BundleSignal, type RecordOf } from "./bundle.ts";
export { type Bundled, bundled, bundleOf, type Typed } from "./bundle-of.ts";
export { cat, pack } from "./cat.ts";
export { ClockDomain, type ClockDomainOptions, clockDomain, inDomain } from "./clock-domain.ts";
export type { Literal } from "./coerce.ts";
export { connect } from "./connect.ts";
export { constant } from "./constant.ts";
export { Elaboration } from "./context.ts";
export { endlessInstances } from "./endless-instances.ts";
export { Enum, type EnumValue } from "./enum.ts";
export { enumeration } from "./enumeration.ts";
export { fell, initially, past, rose, stable } from "./history.ts";
export { type DomainNames, type InstanceOptions, instance, instances } from "./instance.ts";
export { indexWidth, SInt, UInt } from "./integers.ts";
export { type LatchOptions, latch } from "./latch.ts";
export { match } from "./match.ts";
export { type Memory, memory, rom } from "./memory.ts";
export type {
  MemoryContents,
  MemoryOptions,
  ReadOptions,
  ReadUnderWrite,
  WordInput,
  WordValue,
  WriteOptions,
} from "./memory-options.ts";
export { Module } from "./module.ts";
export { mux } from "./mux.ts";
export { muxOneHot } from "./mux-one-hot.ts";
export {
  type Input,
  input,
  type Output,
  output,
  type PortNames,
  type PortOptions,
  type PortType,
} from "./port.ts";
export type { IndexOptions } from "./range-check.ts";
export { type RegisterOptions, register } from "./register.ts";
export type { ResetOf, ResetValue } from "./reset-value.ts";
export type { SignalOf } from "./signal-of.ts";
export {
  type Go,
  StateMachine,
  type StateMachineOptions,
  stateMachine,
} from "./state-machine.ts";
export { switchOn } from "./switch-on.ts";
export { type TypeFor, typeOf } from "./type-of.ts";
export { unpack } from "./unpack.ts";
export { type Elements, type Fitting, Vec } from "./vec.ts";
export { type Condition, type When, when } from "./when.ts";
export { type WireOptions, wire } from "./wire.ts";
