// Exercise 15: one-hot next-state logic
// Self-checking bench, Verilog-2001.
`timescale 1ns/1ps
module tb;
    reg        in, stop;
    reg  [7:0] state;
    wire [7:0] next_state;
    wire       out1, out2;
    onehot_next dut (.in(in), .stop(stop), .state(state), .next_state(next_state),
                     .out1(out1), .out2(out2));

    // ---- book-keeping -------------------------------------------------
    integer errors, vec, seed, first_vec;
    reg [8*16-1:0] first_name;
    reg [511:0]    first_got, first_want;

    // compare one output with the model, remember the first difference
    task check;
        input [8*16-1:0] name;
        input [511:0]    got, want;
        if (got !== want) begin
            if (errors == 0) begin
                first_vec  = vec;
                first_name = name;
                first_got  = got;
                first_want = want;
            end
            errors = errors + 1;
        end
    endtask

    task report;
        begin
            if (errors == 0) $display("PASS 15");
            else $display("FAIL 15 %0d first at vector %0d %0s: got %0h, expected %0h",
                          errors, first_vec, first_name, first_got, first_want);
            $finish(0);
        end
    endtask

    initial begin : time_out
        #1000000;
        $display("FAIL 15 %0d first at time-out", errors + 1);
        $finish(0);
    end

    // model: walk the arcs
    function [7:0] target;
        input [2:0] from;
        input i, s;
        if (s) target = 0;
        else case (from)
            0: target = i ? 1 : 0;
            1: target = i ? 1 : 2;
            2: target = i ? 3 : 0;
            3: target = i ? 4 : 2;
            4: target = i ? 1 : 5;
            5: target = 6;
            6: target = i ? 6 : 7;
            7: target = i ? 1 : 0;
        endcase
    endfunction

    reg [7:0] w_next;
    integer j;
    task look;
        begin
            #5;
            w_next = 0;
            for (j = 0; j < 8; j = j + 1)
                if (state[j]) w_next[target(j, in, stop)] = 1;
            check("next_state", next_state, w_next);
            check("out1", out1, (state & 8'b01100000) != 0);
            check("out2", out2, (state >= 128) && !in);
            vec = vec + 1;
            #5;
        end
    endtask

    integer k;
    initial begin
        errors = 0; vec = 0; seed = 32'd138796;
        for (k = 0; k < 1024; k = k + 1) begin {state, stop, in} = k; look; end
        for (k = 0; k < 2500; k = k + 1) begin {state, stop, in} = $random(seed); look; end
        report;
    end
endmodule
