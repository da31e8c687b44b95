package org.hauptbuch.reward.proportional;

import java.util.List;
import org.hauptbuch.api.chain.Commission;
import org.hauptbuch.api.chain.Pool;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorMetrics;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.reward.Accumulator;
import org.hauptbuch.api.reward.EpochSummary;
import org.hauptbuch.api.reward.EpochSummary.Participant;
import org.hauptbuch.api.rule.KnownAnswer;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.api.value.PublicKey;
import org.hauptbuch.api.value.Rate;

/** What {@link ProportionalReward} is known to answer. */
final class ProportionalRewardAnswers {
    private static final ProportionalReward RULE = new ProportionalReward(new ProportionalRewardParameters(Rate.ZERO));

    private ProportionalRewardAnswers() {}

    static List<KnownAnswer> all() {
        return List.of(
                // 3 × 9 and 1 × 9 parts of the pot; 5 % of 750000 and of 250000; one unit is carried over
                new KnownAnswer(
                        "1,000,001 units for powers 3 and 1 at 5 % commission",
                        "1: 37500 712500, 2: 12500 237500", ProportionalRewardAnswers::divided),
                new KnownAnswer("ten units for three shares", "3 6 9", ProportionalRewardAnswers::owed));
    }

    private static String divided() {
        EpochSummary epoch = new EpochSummary(0, 10, 100, 2_000_000, 4, List.of(participant(1, 3), participant(2, 1)));
        return String.join(
                ", ",
                RULE.divide(epoch, 1_000_001).stream()
                        .map(p -> p.validator().bytes().at(0) + ": " + p.commission() + " " + p.pool())
                        .toList());
    }

    private static String owed() {
        Accumulator now = RULE.accrue(Accumulator.ZERO, 3, 10);
        return RULE.owed(Accumulator.ZERO, now, 1)
                + " " + RULE.owed(Accumulator.ZERO, now, 2)
                + " " + RULE.owed(Accumulator.ZERO, now, 3);
    }

    private static Participant participant(int number, long power) {
        byte[] address = new byte[Address.LENGTH];
        address[0] = (byte) number;
        Rate five = new Rate(50_000);
        Validator validator = new Validator(
                new Address(Bytes.of(address)),
                "validator",
                new PublicKey(KeyType.ED25519, Bytes.of(new byte[KeyType.ED25519.keyLength()])),
                ValidatorStatus.ACTIVE,
                new Pool(power, power),
                new Commission(five, five, five, 0),
                0,
                ValidatorMetrics.NONE);
        return new Participant(validator, power, 5, 9);
    }
}
