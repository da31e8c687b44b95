package org.hauptbuch.ledger.epoch;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.chain.ValidatorStatus;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.ledger.block.BlockContext;
import org.hauptbuch.ledger.block.Rules;
import org.hauptbuch.ledger.stake.Validators;
import org.hauptbuch.ledger.state.Keys;

/** Makes the next validator set: the staking rule says who may stand, the selection rule who is in. */
public final class Election {
    private Election() {}

    /** The members that the rules want; empty where nobody may stand. */
    public static ValidatorSet hold(BlockContext block) {
        for (Validator validator : block.state().list(Keys.VALIDATORS)) {
            Validators.refresh(block, validator.address());
        }
        List<ValidatorSet.Member> candidates = block.state().list(Keys.VALIDATORS).stream()
                .filter(v -> v.status() == ValidatorStatus.ACTIVE && v.tokens() > 0)
                .map(v -> new ValidatorSet.Member(v.address(), v.consensusKey(), v.tokens()))
                .toList();
        if (candidates.isEmpty()) {
            return ValidatorSet.of(List.of());
        }
        int most = block.parameters().maxValidators();
        Rules rules = block.rules();
        List<ValidatorSet.Member> elected = rules.must(
                RuleKind.SELECTION, () -> rules.generation().selection().elect(candidates, most));
        check(rules, candidates, elected, most);
        return ValidatorSet.of(elected);
    }

    private static void check(
            Rules rules, List<ValidatorSet.Member> candidates, List<ValidatorSet.Member> elected, int most) {
        if (elected.size() > most) {
            throw rules.broken(RuleKind.SELECTION, "elected members", elected.size(), "at most " + most);
        }
        Map<Address, ValidatorSet.Member> standing = new TreeMap<>();
        candidates.forEach(candidate -> standing.put(candidate.address(), candidate));
        for (ValidatorSet.Member member : elected) {
            // removed: so that nobody is elected twice
            if (!member.equals(standing.remove(member.address()))) {
                throw rules.broken(
                        RuleKind.SELECTION,
                        "elected member",
                        member.address() + " with power " + member.power(),
                        "a candidate, unchanged, each once");
            }
        }
    }
}
