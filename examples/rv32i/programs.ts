/** A program and the words that it stores at address 0xffff_fffc before it halts. */
export interface Program {
  readonly text: string;
  readonly output: readonly number[];
}

/** Small programs that a newcomer may read; the tests run them. */
export const programs: Readonly<Record<string, Program>> = Object.freeze({
  fibonacci: {
    text: `
        li   t0, 0          # the number before
        li   t1, 1          # this number
        li   t2, 12         # how many
next:   sw   t1, -4(x0)
        add  t3, t0, t1
        mv   t0, t1
        mv   t1, t3
        addi t2, t2, -1
        bnez t2, next
        ebreak`,
    output: [1, 1, 2, 3, 5, 8, 13, 21, 34, 55, 89, 144],
  },
  sort: {
    text: `
# Insertion sort of eight words at address 0.
        li   t0, 0
        li   t1, -123456
        sw   t1, 0(t0)
        li   t1, 70000
        sw   t1, 4(t0)
        li   t1, -1
        sw   t1, 8(t0)
        li   t1, 0x7fffffff
        sw   t1, 12(t0)
        li   t1, 0
        sw   t1, 16(t0)
        li   t1, 42
        sw   t1, 20(t0)
        li   t1, -2147483648
        sw   t1, 24(t0)
        li   t1, 42
        sw   t1, 28(t0)
        li   s0, 4          # the next to put in place
        li   s1, 32
outer:  lw   t1, 0(s0)
        mv   t2, s0
inner:  beqz t2, place
        lw   t3, -4(t2)
        bge  t1, t3, place
        sw   t3, 0(t2)
        addi t2, t2, -4
        j    inner
place:  sw   t1, 0(t2)
        addi s0, s0, 4
        blt  s0, s1, outer
        li   s0, 0
show:   lw   t1, 0(s0)
        sw   t1, -4(x0)
        addi s0, s0, 4
        bne  s0, s1, show
        ebreak`,
    output: [-2147483648, -123456, -1, 0, 42, 42, 70000, 0x7fffffff],
  },
  calls: {
    text: `
# Greatest common divisor by subtraction, called twice.
        li   sp, 512
        li   a0, 1071
        li   a1, 462
        call gcd
        sw   a0, -4(x0)
        li   a0, 17
        li   a1, 5
        call gcd
        sw   a0, -4(x0)
        ebreak
gcd:    addi sp, sp, -4
        sw   ra, 0(sp)
again:  beq  a0, a1, done
        bltu a0, a1, less
        sub  a0, a0, a1
        j    again
less:   sub  a1, a1, a0
        j    again
done:   lw   ra, 0(sp)
        addi sp, sp, 4
        ret`,
    output: [21, 1],
  },
  bytes: {
    text: `
# Bytes and half words, with and without sign.
        li   t0, 0x80f0c3a5
        sw   t0, 64(x0)
        lb   t1, 64(x0)
        sw   t1, -4(x0)
        lbu  t1, 65(x0)
        sw   t1, -4(x0)
        lh   t1, 66(x0)
        sw   t1, -4(x0)
        lhu  t1, 66(x0)
        sw   t1, -4(x0)
        sb   t0, 67(x0)
        sh   t0, 64(x0)
        lw   t1, 64(x0)
        sw   t1, -4(x0)
        ebreak`,
    output: [-91, 0xc3, -32528, 0x80f0, 0xa5f0c3a5 | 0],
  },
});
