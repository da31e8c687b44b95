package org.hauptbuch.vdf.wesolowski;

import java.math.BigInteger;

/**
 * A primitive positive definite binary quadratic form ax² + bxy + cy²; its discriminant is b² - 4ac.
 *
 * @param a 1 or more
 * @param b of any sign
 * @param c 1 or more
 */
record Form(BigInteger a, BigInteger b, BigInteger c) {
    /** Whether it is the one form of its class with |b| ≤ a ≤ c, and b ≥ 0 where one of them is an equality. */
    boolean isReduced() {
        int sides = a.compareTo(c);
        int middle = b.abs().compareTo(a);
        return a.signum() > 0 && middle <= 0 && sides <= 0 && (b.signum() >= 0 || (middle < 0 && sides < 0));
    }

    /** The reduced form of the same class: Cohen, "A Course in Computational Algebraic Number Theory", algorithm 5.4.2. */
    Form reduced() {
        Form form = normal();
        while (form.a.compareTo(form.c) > 0) {
            form = new Form(form.c, form.b.negate(), form.a).normal();
        }
        return form.a.equals(form.c) && form.b.signum() < 0 ? form.inverse() : form;
    }

    /** The same class with -a &lt; b ≤ a. */
    private Form normal() {
        int middle = b.abs().compareTo(a);
        if (middle < 0 || (middle == 0 && b.signum() > 0)) {
            return this;
        }
        // b = 2aq + r with -a < r <= a
        BigInteger twice = a.shiftLeft(1);
        BigInteger[] parts = b.divideAndRemainder(twice);
        BigInteger quotient = parts[0];
        BigInteger rest = parts[1];
        if (rest.compareTo(a) > 0) {
            rest = rest.subtract(twice);
            quotient = quotient.add(BigInteger.ONE);
        } else if (rest.negate().compareTo(a) >= 0) {
            rest = rest.add(twice);
            quotient = quotient.subtract(BigInteger.ONE);
        }
        // c - q(b + r)/2
        return new Form(a, rest, c.subtract(quotient.multiply(b.add(rest).shiftRight(1))));
    }

    /** The form of the inverse class, reduced where this one is. */
    Form inverse() {
        return b.equals(a) || a.equals(c) && b.signum() >= 0 ? this : new Form(a, b.negate(), c);
    }
}
