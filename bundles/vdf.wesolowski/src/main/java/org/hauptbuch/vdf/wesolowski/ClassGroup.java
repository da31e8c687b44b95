package org.hauptbuch.vdf.wesolowski;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.vdf.DelayTask;

/**
 * The class group of one negative discriminant D = 1 mod 8 whose magnitude is prime: reduced forms, multiplied and
 * squared by NUCOMP and NUDUPL, which keep all numbers near the square root of |D|. Shanks, "On Gauss and composition",
 * 1989; Cohen, "A Course in Computational Algebraic Number Theory", algorithms 5.4.8 and 5.4.9 (after Atkin).
 *
 * <p>For one thread.
 */
final class ClassGroup {
    private final int bits;
    private final BigInteger discriminant;
    /** Where the partial Euclid stops: the fourth root of |D|/4, as bits. */
    private final int stop;

    private final Euclid euclid = new Euclid();
    private final Form one;
    private final Form generator;

    /** The group of the discriminant -{@code prime}; {@code prime} = 7 mod 8. */
    ClassGroup(BigInteger prime) {
        bits = prime.bitLength();
        discriminant = prime.negate();
        stop = Math.max(1, (bits - 2) / 4);
        one = withC(BigInteger.ONE, BigInteger.ONE);
        generator = withC(BigInteger.TWO, BigInteger.ONE);
    }

    private Form withC(BigInteger a, BigInteger b) {
        return new Form(a, b, b.multiply(b).subtract(discriminant).divide(a.shiftLeft(2)));
    }

    /** The neutral element. */
    Form one() {
        return one;
    }

    /** Where every delay begins: the class of (2, 1, c). */
    Form generator() {
        return generator;
    }

    /** The square of {@code form}. */
    Form square(Form form) {
        BigInteger a = form.a();
        BigInteger b = form.b();
        // |D| is prime, so that a and b have no common divisor: b/a modulo a is all that is needed
        euclid.run(a, b.mod(a), 0);
        BigInteger inverse = signed(euclid.previousFactor(), euclid.odd());
        euclid.run(a, inverse.multiply(form.c()).negate().mod(a), stop);
        BigInteger d = euclid.previous();
        BigInteger v3 = signed(euclid.last(), !euclid.odd());
        BigInteger dd = d.multiply(d);
        BigInteger vv = v3.multiply(v3);
        BigInteger sum = d.add(v3);
        BigInteger cross = sum.multiply(sum).subtract(dd).subtract(vv);
        if (!euclid.moved()) {
            BigInteger g = v3.multiply(b).add(form.c()).divide(d);
            return new Form(dd, b.add(cross), vv.add(g)).reduced();
        }
        BigInteger v2 = euclid.lastFactor();
        BigInteger v = signed(euclid.previousFactor(), euclid.odd());
        BigInteger e = form.c().multiply(v).add(b.multiply(d)).divide(a);
        BigInteger ev2 = e.multiply(v2);
        BigInteger vg = ev2.subtract(b);
        BigInteger g = vg.divide(v);
        return new Form(dd.add(e.multiply(v)), ev2.add(vg).add(cross), vv.add(g.multiply(v2))).reduced();
    }

    /** The product of {@code left} and {@code right}. */
    Form multiply(Form left, Form right) {
        boolean swap = left.a().compareTo(right.a()) < 0;
        Form x = swap ? right : left;
        Form y = swap ? left : right;
        BigInteger a1 = x.a();
        BigInteger a2 = y.a();
        BigInteger s = x.b().add(y.b()).shiftRight(1);
        BigInteger n = y.b().subtract(s);
        euclid.run(a1, a2.mod(a1), 0);
        BigInteger d = euclid.previous();
        BigInteger u = signed(euclid.previousFactor(), euclid.odd());
        BigInteger common = d;
        BigInteger start;
        if (d.equals(BigInteger.ONE)) {
            start = u.multiply(n).negate();
        } else if (s.mod(d).signum() == 0) {
            start = u.multiply(n).negate();
            a1 = a1.divide(d);
            a2 = a2.divide(d);
            s = s.divide(d);
        } else {
            // u*a2 + v*a1 = d, then u1*s = common mod d
            BigInteger v = d.subtract(u.multiply(a2)).divide(a1);
            euclid.run(d, s.mod(d), 0);
            common = euclid.previous();
            BigInteger u1 = signed(euclid.previousFactor(), euclid.odd());
            a1 = a1.divide(common);
            a2 = a2.divide(common);
            s = s.divide(common);
            d = d.divide(common);
            BigInteger l = u1.multiply(u.multiply(x.c()).add(v.multiply(y.c())))
                    .negate()
                    .mod(d);
            start = l.multiply(a1.divide(d)).subtract(u.multiply(n.divide(d)));
        }
        euclid.run(a1, start.mod(a1), stop);
        return product(a1, a2, s, n, common, y).reduced();
    }

    /** Cohen 5.4.9, steps 6 and 7: from what the partial Euclid left, the product's coefficients. */
    private Form product(BigInteger a1, BigInteger a2, BigInteger s, BigInteger n, BigInteger common, Form y) {
        BigInteger d = euclid.previous();
        BigInteger v3 = signed(euclid.last(), !euclid.odd());
        if (!euclid.moved()) {
            BigInteger q = a2.multiply(v3);
            BigInteger g = v3.multiply(s).add(y.c()).divide(d);
            BigInteger f = q.add(n).divide(d);
            return new Form(
                    d.multiply(a2), y.b().add(q.shiftLeft(1)), v3.multiply(f).add(g.multiply(common)));
        }
        BigInteger v2 = euclid.lastFactor();
        BigInteger v = signed(euclid.previousFactor(), euclid.odd());
        BigInteger b = a2.multiply(d).add(n.multiply(v)).divide(a1);
        BigInteger e = s.multiply(d).add(y.c().multiply(v)).divide(a1);
        BigInteger q1 = b.multiply(v3);
        BigInteger q2 = q1.add(n);
        BigInteger f = q2.divide(d);
        BigInteger q3 = e.multiply(v2);
        BigInteger q4 = q3.subtract(s);
        BigInteger g = q4.divide(v);
        BigInteger b3 = q3.add(q4).multiply(common).add(q1).add(q2);
        return new Form(
                d.multiply(b).add(e.multiply(v).multiply(common)),
                b3,
                v3.multiply(f).add(g.multiply(v2).multiply(common)));
    }

    private static BigInteger signed(BigInteger magnitude, boolean positive) {
        return positive ? magnitude : magnitude.negate();
    }

    /** The bytes of a form: a and b, signed, big-endian, each in as many bytes as the widest needs. */
    byte[] encode(Form form) {
        int length = DelayTask.formBytes(bits);
        byte[] encoded = new byte[length];
        write(form.a(), encoded, length / 2);
        write(form.b(), encoded, length);
        return encoded;
    }

    private static void write(BigInteger number, byte[] target, int end) {
        byte[] bytes = number.toByteArray();
        if (number.signum() < 0) {
            Arrays.fill(target, end - target.length / 2, end - bytes.length, (byte) -1);
        }
        System.arraycopy(bytes, 0, target, end - bytes.length, bytes.length);
    }

    /** The reduced form of this group that {@code encoded} is; empty where it is anything else. */
    Optional<Form> decode(Bytes encoded) {
        int length = DelayTask.formBytes(bits);
        if (encoded.length() != length) {
            return Optional.empty();
        }
        byte[] bytes = encoded.toArray();
        BigInteger a = new BigInteger(bytes, 0, length / 2);
        BigInteger b = new BigInteger(bytes, length / 2, length / 2);
        // before any work on them: a reduced form has |b| <= a, and a at most the square root of |D|/3
        if (a.signum() <= 0 || b.abs().compareTo(a) > 0 || 2 * a.bitLength() > bits + 1) {
            return Optional.empty();
        }
        BigInteger[] c = b.multiply(b).subtract(discriminant).divideAndRemainder(a.shiftLeft(2));
        Form form = new Form(a, b, c[0]);
        return c[1].signum() == 0 && form.isReduced() ? Optional.of(form) : Optional.empty();
    }
}
