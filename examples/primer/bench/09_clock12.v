// Exercise 09: 12-hour clock
// Self-checking bench, Verilog-2001.
`timescale 1ns/1ps
module tb;
    reg        clk, reset, ena;
    wire       pm;
    wire [7:0] hh, mm, ss;
    clock12 dut (.clk(clk), .reset(reset), .ena(ena), .pm(pm), .hh(hh), .mm(mm), .ss(ss));

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
            if (errors == 0) $display("PASS 09");
            else $display("FAIL 09 %0d first at cycle %0d %0s: got %0h, expected %0h",
                          errors, first_vec, first_name, first_got, first_want);
            $finish(0);
        end
    endtask

    initial begin : time_out
        #4000000;
        $display("FAIL 09 %0d first at time-out", errors + 1);
        $finish(0);
    end

    // model: seconds since midnight
    integer t, hour;
    reg     live, w_pm;
    reg [7:0] w_hh, w_mm, w_ss;
    function [7:0] bcd;
        input [31:0] v;
        bcd = (v / 10) * 16 + (v % 10);
    endfunction
    task look;
        if (live) begin
            hour = (t / 3600) % 12;
            if (hour == 0) hour = 12;
            w_pm = (t >= 43200) ? 1'b1 : 1'b0;
            w_hh = bcd(hour);
            w_mm = bcd((t / 60) % 60);
            w_ss = bcd(t % 60);
            if ({pm, hh, mm, ss} !== {w_pm, w_hh, w_mm, w_ss}) begin
                check("pm", pm, w_pm);
                check("hh", hh, w_hh);
                check("mm", mm, w_mm);
                check("ss", ss, w_ss);
            end
        end
    endtask

    task cycle;
        begin
            #4 look;
            clk = 1;
            if (reset) begin t = 0; live = 1; end
            else if (ena) t = (t + 1) % 86400;
            #2;
            ena = ~ena; #1 look;
            ena = ~ena; #1;
            clk = 0;
            #2;
            vec = vec + 1;
        end
    endtask

    integer k;
    initial begin
        errors = 0; vec = 0; seed = 32'd91282;
        live = 0; t = 0;
        clk = 0; reset = 1; ena = 0;
        #5;
        cycle;
        ena = 1; cycle;                     // reset has priority over ena
        reset = 0;
        // a whole day, around midnight, and on into the next afternoon
        for (k = 0; k < 86400 + 47000; k = k + 1) cycle;
        ena = 0; for (k = 0; k < 100; k = k + 1) cycle;
        ena = 1; reset = 1; cycle;          // reset in the afternoon clears pm
        reset = 0;
        for (k = 0; k < 20000; k = k + 1) begin
            ena   = (($random(seed) & 3) != 0);
            reset = (($random(seed) & 2047) == 0);
            cycle;
        end
        report;
    end
endmodule
