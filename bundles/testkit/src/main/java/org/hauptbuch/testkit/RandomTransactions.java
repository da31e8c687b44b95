package org.hauptbuch.testkit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.TreeMap;
import org.hauptbuch.api.block.Proposal;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.Delegation;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.finality.Equivocation;
import org.hauptbuch.api.plan.PlanRecord;
import org.hauptbuch.api.plan.RulePlan;
import org.hauptbuch.api.rule.RuleChange;
import org.hauptbuch.api.rule.RuleKind;
import org.hauptbuch.api.rule.RuleRef;
import org.hauptbuch.api.tx.Payload;
import org.hauptbuch.api.tx.PayloadType;
import org.hauptbuch.api.tx.Transaction;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.Rate;
import org.hauptbuch.ledger.LedgerView;

/**
 * Transactions of every kind, drawn from a seed: most could succeed, some cannot, a few are malformed. Validators that
 * accounts register have no node, so they never vote, and lie where they are made to; the keys of validators that run
 * are never rotated away from under them.
 */
public final class RandomTransactions {
    private static final PayloadType[] TYPES = PayloadType.values();
    private static final long GAS = 5_000_000;
    private static final int MALFORMED_OF = 25;

    private final SimChain chain;
    private final Random random;
    private final List<String> everybody = new ArrayList<>();
    private final Map<Address, Signer> lost = new TreeMap<>();
    private int keys;

    /** Transactions for {@code chain}. */
    public RandomTransactions(SimChain chain, Random random) {
        this.chain = chain;
        this.random = random;
        everybody.addAll(chain.validators());
        everybody.addAll(chain.accounts());
    }

    /** The next one, for {@code node}. */
    public Transaction next(SimNode node) {
        LedgerView view = node.view();
        PayloadType type = TYPES[random.nextInt(TYPES.length)];
        String sender = sender(type);
        Address self = chain.address(sender);
        Transaction transaction = unsigned(node, sender, payload(type, view, self));
        if (random.nextInt(MALFORMED_OF) == 0) {
            transaction = malformed(transaction);
        }
        Bytes signature = chain.account(sender).sign(transaction.signBytes());
        return transaction.signed(random.nextInt(MALFORMED_OF * 2) == 0 ? Bytes.fromHex("00") : signature);
    }

    /** A good one of {@code sender}, for {@code node}. */
    public Transaction of(SimNode node, String sender, Payload payload) {
        Transaction transaction = unsigned(node, sender, payload);
        return transaction.signed(chain.account(sender).sign(transaction.signBytes()));
    }

    private Transaction unsigned(SimNode node, String sender, Payload payload) {
        return new Transaction(
                chain.genesis().chainId(),
                chain.account(sender).publicKey(),
                node.nextNonce(chain.address(sender)),
                1 + random.nextInt(20),
                GAS,
                node.view().height() + 5 + random.nextInt(50),
                payload,
                Bytes.EMPTY);
    }

    /** Accounts whose validators have no node, so that they may be accused of anything. */
    public List<Address> sacrificed() {
        return List.copyOf(lost.keySet());
    }

    private String sender(PayloadType type) {
        return switch (type) {
            case PROPOSE_RULES, CANCEL_RULES -> random.nextInt(4) > 0 ? pick(chain.validators()) : pick(everybody);
            case REGISTER_VALIDATOR, ROTATE_KEY -> pick(chain.accounts());
            case EDIT_VALIDATOR, STAKE, UNSTAKE, UNJAIL -> random.nextInt(3) > 0
                    ? pick(chain.validators())
                    : pick(everybody);
            default -> pick(everybody);
        };
    }

    private Payload payload(PayloadType type, LedgerView view, Address self) {
        return switch (type) {
            case TRANSFER -> new Payload.Transfer(chain.address(pick(everybody)), amount(100_000));
            case REGISTER_VALIDATOR -> register(self);
            case EDIT_VALIDATOR -> new Payload.EditValidator(new Rate(50_000 + random.nextInt(150_000)));
            case ROTATE_KEY -> rotate(self);
            case STAKE -> new Payload.Stake(amount(100_000));
            case UNSTAKE -> new Payload.Unstake(amount(1_000_000));
            case DELEGATE -> new Payload.Delegate(validator(view), amount(300_000));
            case UNDELEGATE -> new Payload.Undelegate(delegatedBy(view, self), amount(200_000));
            case REDELEGATE -> new Payload.Redelegate(delegatedBy(view, self), validator(view), amount(200_000));
            case WITHDRAW_REWARDS -> new Payload.WithdrawRewards(delegatedBy(view, self));
            case UNJAIL -> new Payload.Unjail();
            case SUBMIT_EVIDENCE -> new Payload.SubmitEvidence(evidence(view));
            case PROPOSE_RULES -> proposal(view, self);
            case ATTEST_RULES -> new Payload.AttestRules(chain.attestation(
                    waiting(view).orElseGet(() -> proposal(view, self).plan()), pick(chain.validators())));
            case CANCEL_RULES -> new Payload.CancelRules(
                    waiting(view).map(RulePlan::id).orElse(Hash.ZERO));
        };
    }

    private static Optional<RulePlan> waiting(LedgerView view) {
        return view.plan().map(PlanRecord::plan);
    }

    /** One of four is ready from the start; the others wait for attestations. */
    private Payload.ProposeRules proposal(LedgerView view, Address self) {
        Payload.ProposeRules ready = chain.proposal(view, self, change(view));
        return random.nextInt(4) == 0 ? ready : new Payload.ProposeRules(ready.plan(), List.of());
    }

    private Payload register(Address self) {
        Signer key = newKey(self);
        return new Payload.RegisterValidator(
                "v" + keys,
                key.publicKey(),
                possession(self, key),
                new Rate(100_000),
                new Rate(200_000),
                new Rate(100_000),
                SimChain.MINIMUM_STAKE + amount(200_000));
    }

    private Payload rotate(Address self) {
        Signer key = newKey(self);
        return new Payload.RotateKey(key.publicKey(), possession(self, key));
    }

    private Signer newKey(Address owner) {
        Signer key = chain.consensus("lost" + ++keys);
        // what the chain has may be an earlier one; then a lie signed with this one proves nothing, which is a case too
        lost.put(owner, key);
        return key;
    }

    private Bytes possession(Address self, Signer key) {
        return key.sign(Transaction.possessionBytes(chain.genesis().chainId(), self, key.publicKey()));
    }

    private Evidence evidence(LedgerView view) {
        if (lost.isEmpty()) {
            return new Evidence("nonsense", validator(view), Math.max(1, view.height()), Bytes.fromHex("00"));
        }
        List<Address> owners = new ArrayList<>(lost.keySet());
        Address owner = owners.get(random.nextInt(owners.size()));
        Signer key = lost.get(owner);
        long height = Math.max(1, view.height() - random.nextInt(5));
        int round = random.nextInt(2);
        return random.nextBoolean()
                ? Equivocation.of(vote(key, owner, height, round, 1), vote(key, owner, height, round, 2))
                : Equivocation.of(offer(key, owner, height, round, 1), offer(key, owner, height, round, 2));
    }

    private Vote vote(Signer key, Address owner, long height, int round, int number) {
        Hash block = Hash.sha256(new byte[] {(byte) number});
        Bytes message = Vote.signBytes(chain.genesis().chainId(), VotePhase.PREVOTE, height, round, block);
        return new Vote(VotePhase.PREVOTE, height, round, block, owner, key.sign(message));
    }

    private Proposal offer(Signer key, Address owner, long height, int round, int number) {
        Hash block = Hash.sha256(new byte[] {(byte) number});
        Bytes message = Proposal.signBytes(chain.genesis().chainId(), height, round, OptionalInt.empty(), block);
        return new Proposal(height, round, OptionalInt.empty(), block, owner, key.sign(message));
    }

    private RuleChange change(LedgerView view) {
        Optional<RuleRef> failing = view.ruleSet().find(FailingRule.ID);
        if (failing.isPresent()) {
            return new RuleChange(RuleChange.Operation.REMOVE, failing.get());
        }
        List<RuleRef> choice = chain.rules().alternatives();
        RuleRef rule = choice.get(random.nextInt(choice.size()));
        boolean remove = rule.kind() == RuleKind.SLASHING
                && view.ruleSet().find(rule.id()).isPresent()
                && random.nextBoolean();
        return new RuleChange(remove ? RuleChange.Operation.REMOVE : RuleChange.Operation.ADOPT, rule);
    }

    private Address validator(LedgerView view) {
        List<Validator> validators = view.validators();
        return validators.get(random.nextInt(validators.size())).address();
    }

    private Address delegatedBy(LedgerView view, Address self) {
        List<Delegation> delegations = view.delegationsOf(self);
        return delegations.isEmpty()
                ? validator(view)
                : delegations.get(random.nextInt(delegations.size())).validator();
    }

    /** Up to {@code most}; one of twenty is more than anybody has. */
    private long amount(int most) {
        return random.nextInt(20) == 0 ? 1_000_000_000_000L : 1 + random.nextInt(most);
    }

    private Transaction malformed(Transaction good) {
        int what = random.nextInt(5);
        return new Transaction(
                what == 0 ? "other" : good.chainId(),
                good.sender(),
                what == 1 ? good.nonce() + 3 : good.nonce(),
                what == 2 ? 0 : good.fee(),
                what == 3 ? 1 : good.gasLimit(),
                what == 4 ? 1 : good.expiryHeight(),
                good.payload(),
                good.signature());
    }

    private String pick(List<String> names) {
        return names.get(random.nextInt(names.size()));
    }
}
