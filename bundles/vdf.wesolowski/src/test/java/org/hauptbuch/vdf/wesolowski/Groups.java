package org.hauptbuch.vdf.wesolowski;

import java.math.BigInteger;
import java.util.Random;

/** Small groups, and the law of composition in its textbook form to hold the fast one against. */
final class Groups {
    private Groups() {}

    static ClassGroup group(long seed, int bits) {
        return new ClassGroup(prime(seed, bits));
    }

    static BigInteger prime(long seed, int bits) {
        return Discriminants.prime(BigInteger.valueOf(seed).toByteArray(), bits, () -> true);
    }

    /** Some class of the group, with a first coefficient that has small divisors more often than not. */
    static Form some(ClassGroup group, Random random) {
        Form form = group.generator();
        for (int i = random.nextInt(40); i >= 0; i--) {
            form = group.square(form);
            form = random.nextBoolean() ? group.multiply(form, group.generator()) : form;
        }
        return random.nextBoolean() ? form : form.inverse();
    }

    /** Gauss's composition by Cohen's algorithm 5.4.7, with the library's numbers only. */
    static Form compose(Form left, Form right, BigInteger discriminant) {
        Form f1 = left.a().compareTo(right.a()) > 0 ? right : left;
        Form f2 = f1 == left ? right : left;
        BigInteger s = f1.b().add(f2.b()).shiftRight(1);
        BigInteger n = f2.b().subtract(s);
        BigInteger[] first = bezout(f2.a(), f1.a());
        BigInteger d = first[2];
        BigInteger y1 = first[0];
        BigInteger[] second = bezout(s, d);
        BigInteger d1 = second[2];
        BigInteger x2 = second[0];
        BigInteger y2 = second[1].negate();
        BigInteger v1 = f1.a().divide(d1);
        BigInteger v2 = f2.a().divide(d1);
        BigInteger r = y1.multiply(y2).multiply(n).subtract(x2.multiply(f2.c())).mod(v1);
        BigInteger b = f2.b().add(v2.multiply(r).shiftLeft(1));
        BigInteger a = v1.multiply(v2);
        return new Form(a, b, b.multiply(b).subtract(discriminant).divide(a.shiftLeft(2))).reduced();
    }

    /** u, v and g with u*a + v*b = g, the greatest common divisor. */
    private static BigInteger[] bezout(BigInteger a, BigInteger b) {
        if (b.signum() == 0) {
            return new BigInteger[] {a.signum() < 0 ? BigInteger.ONE.negate() : BigInteger.ONE, BigInteger.ZERO, a.abs()
            };
        }
        BigInteger[] parts = a.divideAndRemainder(b);
        BigInteger[] inner = bezout(b, parts[1]);
        return new BigInteger[] {inner[1], inner[0].subtract(parts[0].multiply(inner[1])), inner[2]};
    }
}
