package org.hauptbuch.attacks;

/**
 * Slots in a row that are the attacker's.
 *
 * @param start the first of them
 * @param length how many, 0 or more
 */
record Run(int start, int length) {
    /** The first of the longest. */
    static Run longest(boolean[] slots) {
        Run longest = new Run(0, 0);
        int start = 0;
        for (int i = 0; i < slots.length; i++) {
            if (!slots[i]) {
                start = i + 1;
            } else if (i + 1 - start > longest.length) {
                longest = new Run(start, i + 1 - start);
            }
        }
        return longest;
    }

    /** How many from {@code start} on. */
    static int lengthAt(boolean[] slots, int start) {
        int end = start;
        while (end < slots.length && slots[end]) {
            end++;
        }
        return end - start;
    }

    /** How many slots pass on average until one is not the attacker's. */
    static double meanDelay(boolean[] slots) {
        long sum = 0;
        int run = 0;
        for (int i = slots.length - 1; i >= 0; i--) {
            run = slots[i] ? run + 1 : 0;
            sum += run;
        }
        return slots.length == 0 ? 0 : (double) sum / slots.length;
    }
}
