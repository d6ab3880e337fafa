import { type Design, holdsProperties } from "../../ir/index.ts";
import { benchLines, benchModuleName, bitRange, dutInstance } from "./bench-names.ts";
import type { CoverCounter } from "./cover-counters.ts";
import type { FrameLayout } from "./ports.ts";
import { operations } from "./protocol.ts";

/** Name that Verilator gives the C++ class of the bench. */
export const modelPrefix = "Vlodestone";

/** The Verilog module around the design whose ports the C++ program drives. Waves begin at the design. */
export function verilatorBench(
  design: Design,
  inputs: FrameLayout,
  outputs: FrameLayout,
  covers: readonly CoverCounter[],
): string {
  const lines = benchLines(design);
  const ports = [
    ...[...lines.clocks, ...lines.resets].map(({ name }) => `  input ${name}`),
    ...inputs.ports.map((port, i) => `  input ${bitRange(port.bits)}in_${i}`),
    ...outputs.ports.map((port, i) => `  output ${bitRange(port.bits)}out_${i}`),
    ...covers.map((_, i) => `  output [31:0] cover_${i}`),
  ];
  return [
    "/* verilator tracing_off */",
    `module ${benchModuleName(design)} (`,
    ports.join(",\n"),
    ");",
    "/* verilator tracing_on */",
    dutInstance(design, lines, inputs, outputs),
    ...covers.map(({ register }, i) => `  assign cover_${i} = ${register};`),
    "endmodule",
    "",
  ].join("\n");
}

/** The C++ main program: reads commands from file descriptor 3, writes replies to 4, ends when the commands end. */
export function verilatorMain(
  design: Design,
  inputs: FrameLayout,
  outputs: FrameLayout,
  covers: readonly CoverCounter[],
): string {
  const copyIn = inputs.ports.map(
    (port, i) => `    std::memcpy(static_cast<void*>(&top->in_${i}), frame + ${port.offset}, ${port.bytes});`,
  );
  const copyOut = outputs.ports.map(
    (port, i) => `    std::memcpy(frame + ${port.offset}, static_cast<const void*>(&top->out_${i}), ${port.bytes});`,
  );
  const counts = covers.map((_, i) => `            tell(simulation.top->cover_${i});\n`);
  const { clocks, resets, bothEdges } = benchLines(design);
  const toRest = clocks.map(({ name, rest }) => `        top->${name} = ${rest};`);
  const edges = clocks.map(
    ({ name, number, other }) => `        if (clocks >> ${number} & 1) top->${name} = ${other};`,
  );
  const held = resets.map(({ name, number, rest }) => `        top->${name} = (active >> ${number} & 1) ^ ${rest};`);
  const checked = holdsProperties(design.top);
  return `// The main program of a simulation: drives one model by commands over two pipes.
#include "${modelPrefix}.h"
#include "verilated.h"
#if VM_TRACE
#include "verilated_vcd_c.h"
#endif
#include <cerrno>
#include <climits>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fcntl.h>
#include <unistd.h>

double sc_time_stamp() { return 0; }

namespace {

constexpr int commandPipe = 3;
constexpr int replyPipe = 4;
constexpr size_t inputBytes = ${inputs.bytes};
constexpr size_t outputBytes = ${Math.max(1, outputs.bytes)};
constexpr size_t inboxSize = 131072 + inputBytes;
constexpr size_t outboxSize = 65536 + outputBytes;

uint8_t inbox[inboxSize];
size_t inboxStart = 0;
size_t inboxEnd = 0;
uint8_t outbox[outboxSize];
size_t outboxEnd = 0;

// Nobody is left to tell: the other side has gone away.
[[noreturn]] void abandon() { std::_Exit(1); }

void flush() {
${checked ? "    std::fflush(stdout);\n" : ""}    for (size_t sent = 0; sent < outboxEnd;) {
        const ssize_t n = write(replyPipe, outbox + sent, outboxEnd - sent);
        if (n > 0) sent += static_cast<size_t>(n);
        else if (errno != EINTR) abandon();
    }
    outboxEnd = 0;
}

// The next bytes of the commands, or null when they have ended. Replies go out before every wait.
const uint8_t* receive(size_t length) {
    while (inboxEnd - inboxStart < length) {
        flush();
        if (inboxStart > 0) {
            std::memmove(inbox, inbox + inboxStart, inboxEnd - inboxStart);
            inboxEnd -= inboxStart;
            inboxStart = 0;
        }
        const ssize_t n = read(commandPipe, inbox + inboxEnd, inboxSize - inboxEnd);
        if (n == 0) return nullptr;
        if (n > 0) inboxEnd += static_cast<size_t>(n);
        else if (errno != EINTR) abandon();
    }
    const uint8_t* const bytes = inbox + inboxStart;
    inboxStart += length;
    return bytes;
}

uint8_t* reserve(size_t length) {
    if (outboxSize - outboxEnd < length) flush();
    uint8_t* const bytes = outbox + outboxEnd;
    outboxEnd += length;
    return bytes;
}

${covers.length > 0 ? "void tell(uint32_t count) { std::memcpy(reserve(4), &count, 4); }\n\n" : ""}struct Simulation {
    VerilatedContext context;
    ${modelPrefix}* const top = new ${modelPrefix}{&context, ""};
    uint64_t time = 0;
${checked ? "    uint64_t cycle = 0;\n" : ""}#if VM_TRACE
    VerilatedVcdC trace;
#endif

    void open(const char* wavePath) {
#if VM_TRACE
        context.traceEverOn(true);
        top->trace(&trace, 99);
        trace.open(wavePath);
#else
        (void)wavePath;
#endif
    }
    void close() {
        dump();
        top->final();
#if VM_TRACE
        trace.close();
#endif
    }
    void dump() {
#if VM_TRACE
        trace.dump(time++);
#endif
    }
    void apply(const uint8_t* frame) {
        (void)frame;
${copyIn.join("\n")}
    }
    void sample(uint8_t* frame) {
        (void)frame;
${copyOut.join("\n")}
    }
    void setResets(uint32_t active) {
        (void)active;
${held.join("\n")}
    }
    void settle() {
${toRest.join("\n")}
        top->eval();
    }
    // One period of the clocks that tick: what has settled before the edge, then the edge.
    void edge(uint32_t clocks) {
        (void)clocks;
        dump();
${checked ? "        context.time(cycle++);\n" : ""}${edges.length > 0 ? `${edges.join("\n")}\n        top->eval();\n` : ""}        dump();
${bothEdges ? "        settle();\n" : ""}    }
};

}  // namespace

int main(int argc, char** argv) {
#ifdef F_SETPIPE_SZ
    // Larger pipes mean fewer changes between the two processes; without them it works as well.
    (void)fcntl(commandPipe, F_SETPIPE_SZ, 1 << 20);
    (void)fcntl(replyPipe, F_SETPIPE_SZ, 1 << 20);
#endif
    static Simulation simulation;
${checked ? "    // A failing property is reported on standard output, and the simulation goes on.\n    simulation.context.errorLimit(INT_MAX);\n" : ""}    simulation.setResets(0);
    simulation.open(argc > 1 ? argv[1] : "");
    simulation.settle();
    std::memcpy(reserve(8), "ready 1\\n", 8);
    while (const uint8_t* const header = receive(8)) {
        uint32_t operation;
        uint32_t count;
        std::memcpy(&operation, header, 4);
        std::memcpy(&count, header + 4, 4);
        const uint32_t clocks = operation >> 4;
        operation &= 15;
        if (operation == ${operations.replay}) {
            for (uint32_t i = 0; i < count; ++i) {
                const uint8_t* const frame = receive(inputBytes);
                if (!frame) break;
                simulation.apply(frame);
                simulation.settle();
                simulation.sample(reserve(outputBytes));
                simulation.edge(clocks);
            }
            continue;
        }
        const uint8_t* const frame = receive(inputBytes);
        if (!frame) break;
        simulation.apply(frame);
        if (operation == ${operations.sample}) {
            simulation.settle();
            simulation.sample(reserve(outputBytes));
            continue;
        }
        if (operation == ${operations.covers}) {
${counts.join("")}            continue;
        }
        if (operation == ${operations.setResets}) {
            simulation.settle();
            simulation.setResets(count);
            simulation.settle();
            continue;
        }
        for (uint32_t i = 0; i < count; ++i) {
            simulation.settle();
            simulation.edge(clocks);
        }
    }
    flush();
    simulation.settle();
    simulation.close();
    return 0;
}
`;
}
