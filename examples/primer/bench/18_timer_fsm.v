// Exercise 18: timer with a shifted-in delay
// Self-checking bench, Verilog-2001.
`timescale 1ns/1ps
module tb;
    reg        clk, reset, data, ack;
    wire       shift_ena, counting, done;
    wire [3:0] count;
    timer_fsm dut (.clk(clk), .reset(reset), .data(data), .ack(ack), .shift_ena(shift_ena),
                   .counting(counting), .count(count), .done(done));

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
            if (errors == 0) $display("PASS 18");
            else $display("FAIL 18 %0d first at cycle %0d %0s: got %0h, expected %0h",
                          errors, first_vec, first_name, first_got, first_want);
            $finish(0);
        end
    endtask

    initial begin : time_out
        #4000000;
        $display("FAIL 18 %0d first at time-out", errors + 1);
        $finish(0);
    end

    // model: phase (0 search, 1 delay, 2 counting, 3 done) and plain numbers
    integer   phase, got, left, value;
    reg [3:0] hist;
    reg       live;
    task look;
        if (live) begin
            check("shift_ena", shift_ena, phase == 1);
            check("counting", counting, phase == 2);
            check("done", done, phase == 3);
            if (phase == 2) check("count", count, (left - 1) / 50);
        end
    endtask

    task cycle;
        begin
            #4 look;
            clk = 1;
            if (reset) begin phase = 0; hist = 0; live = 1; end
            else case (phase)
                0: begin
                    hist = {hist[2:0], data};
                    if (hist == 4'b1011) begin phase = 1; got = 0; value = 0; end
                end
                1: begin
                    value = value * 2 + data;
                    got = got + 1;
                    if (got == 4) begin phase = 2; left = (value + 1) * 50; end
                end
                2: begin
                    left = left - 1;
                    if (left == 0) phase = 3;
                end
                default: if (ack) begin phase = 0; hist = 0; end
            endcase
            #2 look;
            data = ~data; ack = ~ack; #1 look;
            data = ~data; ack = ~ack; #1 look;
            clk = 0;
            #2 look;
            vec = vec + 1;
        end
    endtask

    task put; input v; begin data = v; cycle; end endtask
    task send;
        input [31:0] v;
        input [31:0] n;
        integer b;
        for (b = n - 1; b >= 0; b = b - 1) put(v[b]);
    endtask

    integer k, r;
    initial begin
        errors = 0; vec = 0; seed = 32'd162553;
        live = 0; phase = 0; hist = 0; got = 0; left = 0; value = 0;
        clk = 0; reset = 1; data = 0; ack = 0;
        #5;
        cycle; send(4'b1011, 4);                    // pattern under reset is not seen
        reset = 0; send(3'b000, 3);
        for (k = 0; k < 16; k = k + 1) begin        // every delay
            case (k % 4)
                0: send(4'b1011, 4);
                1: send(6'b101011, 6);              // near misses first
                2: send(7'b1001011, 7);
                3: send(6'b111011, 6);
            endcase
            send(k, 4);
            ack = k;                                // ack before done has no effect
            for (r = 0; r < 50 * (k + 1); r = r + 1) put($random(seed));
            ack = 0;
            for (r = 0; r < k % 3; r = r + 1) put(1);
            ack = 1; put(1); ack = 0;               // this 1 is not part of a pattern
            send(3'b011, 3);
            send(2'b00, 2);
        end
        // ack already high when done rises: done for a single period
        send(8'b10110000, 8); ack = 1; for (r = 0; r < 52; r = r + 1) put(0);
        ack = 0; put(0);
        // reset in each phase
        for (k = 1; k < 70; k = k + 1) begin
            send(4'b1011, 4); send(4'b0000, 4);
            for (r = 0; r < k; r = r + 1) put(0);
            reset = 1; put(1); reset = 0;
            send(3'b011, 3); put(0);
        end
        for (k = 1; k < 8; k = k + 1) begin
            for (r = 0; r < k; r = r + 1) put(8'b10111010 >> (7 - r));
            reset = 1; put(1); reset = 0;
            send(3'b011, 3); put(0); put(0);
        end
        for (k = 0; k < 60000; k = k + 1) begin
            data  = $random(seed);
            ack   = (($random(seed) & 3) == 0);
            reset = (($random(seed) & 2047) == 0);
            cycle;
        end
        report;
    end
endmodule
