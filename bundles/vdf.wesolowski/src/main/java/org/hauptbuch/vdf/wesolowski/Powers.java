package org.hauptbuch.vdf.wesolowski;

import java.math.BigInteger;

/** A product of two powers with one chain of squarings, and signed digits, since inverting a form is free. */
final class Powers {
    /** Bits of a digit: odd, -7 to 7. */
    private static final int WIDTH = 4;

    private Powers() {}

    /** {@code x^m * y^n}; both exponents 0 or more. */
    static Form product(ClassGroup group, Form x, BigInteger m, Form y, BigInteger n) {
        byte[] left = digits(m);
        byte[] right = digits(n);
        Form[] xs = odd(group, x);
        Form[] ys = odd(group, y);
        Form product = group.one();
        for (int i = Math.max(left.length, right.length) - 1; i >= 0; i--) {
            product = group.square(product);
            product = times(group, product, xs, i < left.length ? left[i] : 0);
            product = times(group, product, ys, i < right.length ? right[i] : 0);
        }
        return product;
    }

    private static Form times(ClassGroup group, Form product, Form[] odd, int digit) {
        if (digit == 0) {
            return product;
        }
        Form factor = odd[Math.abs(digit) / 2];
        return group.multiply(product, digit > 0 ? factor : factor.inverse());
    }

    /** The powers 1, 3, 5 and 7. */
    private static Form[] odd(ClassGroup group, Form form) {
        Form[] odd = new Form[1 << (WIDTH - 2)];
        Form square = group.square(form);
        odd[0] = form;
        for (int i = 1; i < odd.length; i++) {
            odd[i] = group.multiply(odd[i - 1], square);
        }
        return odd;
    }

    /** The non-adjacent form of width 4, the lowest digit first. */
    private static byte[] digits(BigInteger exponent) {
        byte[] digits = new byte[exponent.bitLength() + 1];
        BigInteger left = exponent;
        for (int i = 0; left.signum() > 0; i++) {
            if (left.testBit(0)) {
                int low = left.intValue() & (1 << WIDTH) - 1;
                int digit = low < 1 << (WIDTH - 1) ? low : low - (1 << WIDTH);
                digits[i] = (byte) digit;
                left = left.subtract(BigInteger.valueOf(digit));
            }
            left = left.shiftRight(1);
        }
        return digits;
    }
}
