package org.hauptbuch.api.chain;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hauptbuch.api.codec.Reader;
import org.hauptbuch.api.codec.Writer;
import org.hauptbuch.api.error.PoSError;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Amounts;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.PublicKey;

/** The validators that vote in one epoch, ordered by address, with their voting power. Immutable. */
public final class ValidatorSet {
    /** The most members that a set may have: a bound on what is decoded, far over any chain parameter. */
    public static final int MAX_MEMBERS = 10_000;

    /**
     * One validator in the set.
     *
     * @param address which validator
     * @param key the key that verifies its votes
     * @param power its voting power, in units of stake, 1 or more
     */
    public record Member(Address address, PublicKey key, long power) {
        public Member {
            if (power < 1) {
                throw new IllegalArgumentException("voting power of " + address + ": " + power + ", must be 1 or more");
            }
        }
    }

    private final List<Member> members;
    private final Map<Address, Member> byAddress;
    private final long totalPower;

    private ValidatorSet(List<Member> members) {
        this.members = members;
        // looked up by key only, never iterated: its order is seen by nobody
        this.byAddress = new HashMap<>();
        long total = 0;
        for (Member member : members) {
            if (byAddress.put(member.address(), member) != null) {
                throw new IllegalArgumentException("validator set: " + member.address() + " is in it twice");
            }
            total += member.power();
            Amounts.check("total voting power", total);
        }
        this.totalPower = total;
    }

    /** The set of {@code members}, in any order. @throws IllegalArgumentException where one is named twice */
    public static ValidatorSet of(List<Member> members) {
        return new ValidatorSet(
                members.stream().sorted(Comparator.comparing(Member::address)).toList());
    }

    /** The members by ascending address. */
    public List<Member> members() {
        return members;
    }

    /** The member with this address, if it is one. */
    public Optional<Member> member(Address address) {
        return Optional.ofNullable(byAddress.get(address));
    }

    /** Whether this validator votes. */
    public boolean contains(Address address) {
        return byAddress.containsKey(address);
    }

    /** The voting power of {@code address}; 0 where it is no member. */
    public long power(Address address) {
        Member member = byAddress.get(address);
        return member == null ? 0 : member.power();
    }

    /** The number of members. */
    public int size() {
        return members.size();
    }

    /** The sum of all voting power. */
    public long totalPower() {
        return totalPower;
    }

    /** Whether {@code power} is a quorum: more than two thirds of the total. */
    public boolean isQuorum(long power) {
        return Amounts.moreThanTwoThirds(power, totalPower);
    }

    /** The digest that block headers carry as {@code validatorsRoot}. */
    public Hash root() {
        return new Writer().string("hauptbuch/validators/1").fixed(encode()).sha256();
    }

    /** The canonical encoding. */
    public Bytes encode() {
        return new Writer(64 + members.size() * 64)
                .list(members, (out, m) -> out.fixed(m.address().bytes())
                        .fixed(m.key().encoded())
                        .u64(m.power()))
                .toBytes();
    }

    /** Reads {@link #encode()}; members out of order are refused. */
    public static ValidatorSet decode(Bytes encoded) {
        Reader in = new Reader(encoded, PoSError.INVALID_VALIDATOR);
        List<Member> members = in.list("members", MAX_MEMBERS, ValidatorSet::readMember);
        in.end();
        for (int i = 1; i < members.size(); i++) {
            if (members.get(i - 1).address().compareTo(members.get(i).address()) >= 0) {
                throw in.refuse("members", "not ordered at " + i, "by ascending address, each once");
            }
        }
        return in.make("members", () -> new ValidatorSet(members));
    }

    private static Member readMember(Reader in) {
        Address address = in.address("member.address");
        PublicKey key = in.publicKey("member.key");
        long power = in.u64("member.power");
        return in.make("member.power", () -> new Member(address, key, power));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ValidatorSet that && members.equals(that.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    @Override
    public String toString() {
        return "ValidatorSet" + members;
    }
}
