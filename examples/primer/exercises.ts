import type { Module } from "../../hdl/index.ts";
import { Addsub32 } from "./addsub32.ts";
import { Barrel32 } from "./barrel32.ts";
import { BcdAdd8 } from "./bcd-add8.ts";
import { BitSurvey } from "./bit-survey.ts";
import { Bpred } from "./bpred.ts";
import { Clock12 } from "./clock12.ts";
import { Csel32 } from "./csel32.ts";
import { DecadeDiv } from "./decade-div.ts";
import { DffBytes } from "./dff-bytes.ts";
import { EdgeWatch } from "./edge-watch.ts";
import { HdlcRx } from "./hdlc-rx.ts";
import { LaneTool } from "./lane-tool.ts";
import { Lfsr32 } from "./lfsr32.ts";
import { Life16 } from "./life16.ts";
import { Mux9v } from "./mux9v.ts";
import { OnehotNext } from "./onehot-next.ts";
import { PwmGray } from "./pwm-gray.ts";
import { Rule90 } from "./rule90.ts";
import { RxOdd } from "./rx-odd.ts";
import { SeqRec } from "./seq-rec.ts";
import { ShiftArith } from "./shift-arith.ts";
import { TimerFsm } from "./timer-fsm.ts";

/** The solution of each exercise by its number and name, which are those of its bench. */
export const exercises: Readonly<Record<string, () => Module>> = Object.freeze({
  "01_mux9v": () => new Mux9v({}),
  "02_lane_tool": () => new LaneTool({}),
  "03_bit_survey": () => new BitSurvey({}),
  "04_bcd_add8": () => new BcdAdd8({}),
  "05_addsub32": () => new Addsub32({}),
  "06_dff_bytes": () => new DffBytes({}),
  "07_edge_watch": () => new EdgeWatch({}),
  "08_decade_div": () => new DecadeDiv({}),
  "09_clock12": () => new Clock12({}),
  "10_shift_arith": () => new ShiftArith({}),
  "11_lfsr32": () => new Lfsr32({}),
  "12_rule90": () => new Rule90({}),
  "13_life16": () => new Life16({}),
  "14_seq_rec": () => new SeqRec({}),
  "15_onehot_next": () => new OnehotNext({}),
  "16_rx_odd": () => new RxOdd({}),
  "17_hdlc_rx": () => new HdlcRx({}),
  "18_timer_fsm": () => new TimerFsm({}),
  "19_bpred": () => new Bpred({}),
  "20_barrel32": () => new Barrel32({}),
  "21_pwm_gray": () => new PwmGray({}),
  "22_csel32": () => new Csel32({}),
});
