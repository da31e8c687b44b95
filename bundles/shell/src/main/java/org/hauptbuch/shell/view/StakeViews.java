package org.hauptbuch.shell.view;

import com.google.gson.JsonObject;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hauptbuch.api.chain.Evidence;
import org.hauptbuch.api.chain.SlashingEvent;
import org.hauptbuch.api.chain.Unbonding;
import org.hauptbuch.api.chain.Validator;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.node.AccountView;
import org.hauptbuch.api.node.DelegationView;
import org.hauptbuch.api.node.KeyInfo;
import org.hauptbuch.api.node.NodeService;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.shell.Directory;

/** Accounts, keys, validators, stake, rewards and penalties. */
public final class StakeViews {
    private StakeViews() {}

    /** What an account has. */
    public static View account(NodeService node, Directory directory, Address address) {
        AccountView account = node.account(address);
        List<DelegationView> delegations = node.delegations(address);
        List<Unbonding> unbondings = node.unbondings(address);
        long staked = delegations.stream().mapToLong(DelegationView::tokens).sum();
        long unbonding = unbondings.stream().mapToLong(Unbonding::amount).sum();
        long rewards = delegations.stream().mapToLong(DelegationView::rewards).sum();
        JsonObject json = Json.object()
                .put("address", address)
                .put("name", directory.nameOf(address))
                .put("balance", account.balance())
                .put("nonce", account.nonce())
                .put("pendingNonce", account.pendingNonce())
                .put("staked", staked)
                .put("unbonding", unbonding)
                .put("rewards", rewards)
                .build();
        return new View(json)
                .field("account", directory.nameOf(address))
                .field("address", address)
                .field("balance", account.balance())
                .field(
                        "nonce",
                        account.nonce()
                                + (account.pendingNonce() == account.nonce()
                                        ? ""
                                        : " (next " + account.pendingNonce() + ")"))
                .field("staked", staked)
                .field("unbonding", unbonding)
                .field("rewards", rewards);
    }

    /** Keys, with a banner where they are for development. */
    public static View keys(List<KeyInfo> keys) {
        View view = new View(Json.object()
                .put("keys", Json.array(keys.stream(), StakeViews::key))
                .build());
        if (keys.stream().anyMatch(KeyInfo::development)) {
            view.line(
                            "*** DEVELOPMENT KEYS: made for a development network, readable on this machine, worth nothing. ***")
                    .line(
                            "*** Never send anything of value to them; never use them on another network.               ***");
        }
        View.Table table = view.table("No key. pos:key-create NAME makes one.", "name", "address", "type", "use");
        keys.forEach(key -> table.row(
                key.name(), key.address(), key.publicKey().type().label(), key.development() ? "development" : ""));
        return view;
    }

    /** One key in JSON. */
    public static JsonObject key(KeyInfo key) {
        return Json.object()
                .put("name", key.name())
                .put("address", key.address())
                .put("type", key.publicKey().type().label())
                .put("publicKey", key.publicKey())
                .put("development", key.development())
                .build();
    }

    /** All validators, the most stake first. */
    public static View validators(NodeService node) {
        ValidatorSet set = node.validatorSet();
        List<Validator> validators = node.validators().stream()
                .sorted(Comparator.comparing(Validator::tokens).reversed().thenComparing(Validator::address))
                .toList();
        View view = new View(Json.object()
                .put("validators", Json.array(validators.stream(), v -> validator(v, set)
                        .build()))
                .build());
        View.Table table = view.table(
                "No validator.", "id", "address", "status", "stake", "votes", "commission", "signed", "missed");
        validators.forEach(v -> table.row(
                v.id(),
                v.address(),
                Text.camel(v.status().name()),
                v.tokens(),
                set.contains(v.address()) ? Text.share(set.power(v.address()), set.totalPower()) : "-",
                v.commission().rate(),
                v.metrics().blocksSigned(),
                v.metrics().blocksMissed()));
        return view;
    }

    /** One validator with its delegators. */
    public static View validator(NodeService node, Directory directory, Validator v) {
        ValidatorSet set = node.validatorSet();
        List<DelegationView> delegations = node.delegationsTo(v.address());
        long commissionOwed = node.commissionOwed(v.address());
        JsonObject json = validator(v, set)
                .put("commissionOwed", commissionOwed)
                .put("delegations", Json.array(delegations.stream(), StakeViews::delegation))
                .build();
        View view = new View(json)
                .field("validator", v.id())
                .field("address", v.address())
                .field("consensus key", v.consensusKey().shortText())
                .field(
                        "status",
                        Text.camel(v.status().name())
                                + (v.jailedUntilEpoch() > 0
                                        ? ", may unjail from epoch " + v.jailedUntilEpoch() + " on"
                                        : ""))
                .field("stake", v.tokens())
                .field(
                        "voting power",
                        set.power(v.address()) + " (" + Text.share(set.power(v.address()), set.totalPower()) + ")")
                .field(
                        "commission",
                        v.commission().rate() + ", at most " + v.commission().maximum() + ", at most "
                                + v.commission().maxDailyChange() + " a day")
                .field("commission owed", commissionOwed)
                .field(
                        "blocks",
                        v.metrics().blocksProposed() + " proposed, "
                                + v.metrics().blocksSigned() + " signed, "
                                + v.metrics().blocksMissed() + " missed")
                .field("rewards earned", v.metrics().rewards())
                .field("slashed", v.metrics().slashed());
        View.Table table = view.table("No stake.", "delegator", "stake", "rewards");
        delegations.forEach(d -> table.row(
                directory.nameOf(d.delegation().delegator()) + (d.delegation().isSelf() ? " (own)" : ""),
                d.tokens(),
                d.rewards()));
        return view;
    }

    /** Stake of an account, or with a validator, and what the account unbonds. */
    public static View delegations(Directory directory, List<DelegationView> delegations, List<Unbonding> unbondings) {
        View view = new View(Json.object()
                .put("delegations", Json.array(delegations.stream(), StakeViews::delegation))
                .put("unbondings", Json.array(unbondings.stream(), u -> Json.object()
                        .put("delegator", u.delegator())
                        .put("validator", u.validator())
                        .put("initialAmount", u.initialAmount())
                        .put("amount", u.amount())
                        .put("startedAtHeight", u.startedAtHeight())
                        .put("maturityEpoch", u.maturityEpoch())
                        .build()))
                .build());
        View.Table table = view.table("No stake.", "delegator", "validator", "stake", "rewards");
        delegations.forEach(d -> table.row(
                directory.nameOf(d.delegation().delegator()),
                directory.nameOf(d.delegation().validator()),
                d.tokens(),
                d.rewards()));
        if (!unbondings.isEmpty()) {
            View.Table out = view.table("", "unbonding of", "from", "amount", "paid at the end of epoch");
            unbondings.forEach(u -> out.row(
                    directory.nameOf(u.delegator()), directory.nameOf(u.validator()), u.amount(), u.maturityEpoch()));
        }
        return view;
    }

    /** What an account is owed. */
    public static View rewards(NodeService node, Directory directory, Address address) {
        List<DelegationView> delegations = node.delegations(address);
        long commission = commissionOf(node, address);
        long total = commission
                + delegations.stream().mapToLong(DelegationView::rewards).sum();
        View view = new View(Json.object()
                .put("address", address)
                .put("total", total)
                .put("commission", commission)
                .put("rewards", Json.array(delegations.stream(), d -> Json.object()
                        .put("validator", d.delegation().validator())
                        .put("name", directory.nameOf(d.delegation().validator()))
                        .put("amount", d.rewards())
                        .build()))
                .build());
        View.Table table = view.table("No stake, no rewards.", "validator", "rewards");
        delegations.forEach(d -> table.row(directory.nameOf(d.delegation().validator()), d.rewards()));
        return view.field("commission", commission).field("total", total);
    }

    /** The commission that an account is owed: 0 where it is no validator's. */
    public static long commissionOf(NodeService node, Address address) {
        return node.validators().stream().anyMatch(v -> v.address().equals(address)) ? node.commissionOwed(address) : 0;
    }

    /** Penalties. */
    public static View slashings(Directory directory, List<SlashingEvent> events) {
        View view = new View(Json.object()
                .put("slashings", Json.array(events.stream(), e -> Json.object()
                        .put("height", e.height())
                        .put("timeMillis", e.timeMillis())
                        .put("offender", e.offence().offender())
                        .put("name", directory.nameOf(e.offence().offender()))
                        .put("condition", e.offence().condition())
                        .put("reason", e.offence().reason())
                        .put("offenceHeight", e.offence().height())
                        .put("gravity", Text.camel(e.offence().gravity().name()))
                        .put("evidence", e.offence().evidence())
                        .put("reporter", e.offence().reporter())
                        .put("rate", e.rate())
                        .put("burned", e.burned())
                        .put("rewarded", e.rewarded())
                        .put("banned", e.banned())
                        .put("jailedUntilEpoch", e.jailedUntilEpoch())
                        .build()))
                .build());
        View.Table table =
                view.table("Nobody was punished.", "block", "offender", "why", "rate", "burned", "rewarded", "then");
        events.forEach(e -> table.row(
                e.height(),
                directory.nameOf(e.offence().offender()),
                e.offence().condition() + ": " + e.offence().reason(),
                e.rate(),
                e.burned(),
                e.rewarded(),
                e.banned() ? "banned" : e.jailedUntilEpoch() > 0 ? "jailed until epoch " + e.jailedUntilEpoch() : ""));
        return view;
    }

    /** Evidence that waits; with its encoding, as {@code pos:evidence-submit} takes it. */
    public static View evidence(Directory directory, List<Evidence> pending) {
        View view = new View(Json.object()
                .put("evidence", Json.array(pending.stream(), e -> {
                    JsonObject json = ChainViews.evidence(e);
                    json.addProperty("encoded", e.encode().hex());
                    return json;
                }))
                .build());
        View.Table table = view.table("No evidence waits.", "id", "type", "offender", "height", "bytes");
        pending.forEach(e -> table.row(
                Text.shorter(e.id()),
                e.type(),
                directory.nameOf(e.offender()),
                e.height(),
                e.encode().length()));
        return view;
    }

    private static Json validator(Validator v, ValidatorSet set) {
        return Json.object()
                .put("id", v.id())
                .put("address", v.address())
                .put("consensusKey", v.consensusKey())
                .put("status", Text.camel(v.status().name()))
                .put("stake", v.tokens())
                .put("inSet", set.contains(v.address()))
                .put("power", set.power(v.address()))
                .put("commission", v.commission().rate())
                .put("maxCommission", v.commission().maximum())
                .put("maxDailyChange", v.commission().maxDailyChange())
                .put("jailedUntilEpoch", v.jailedUntilEpoch() == 0 ? Optional.empty() : v.jailedUntilEpoch())
                .put("blocksProposed", v.metrics().blocksProposed())
                .put("blocksSigned", v.metrics().blocksSigned())
                .put("blocksMissed", v.metrics().blocksMissed())
                .put("rewards", v.metrics().rewards())
                .put("slashed", v.metrics().slashed());
    }

    private static JsonObject delegation(DelegationView d) {
        return Json.object()
                .put("delegator", d.delegation().delegator())
                .put("validator", d.delegation().validator())
                .put("shares", d.delegation().shares())
                .put("stake", d.tokens())
                .put("rewards", d.rewards())
                .put("own", d.delegation().isSelf())
                .build();
    }
}
