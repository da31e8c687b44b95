package org.hauptbuch.light;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.hauptbuch.api.block.BlockHeader;
import org.hauptbuch.api.block.Certificate;
import org.hauptbuch.api.block.Vote;
import org.hauptbuch.api.block.VotePhase;
import org.hauptbuch.api.chain.ValidatorSet;
import org.hauptbuch.api.crypto.SignatureScheme;
import org.hauptbuch.api.crypto.Signer;
import org.hauptbuch.api.value.Address;
import org.hauptbuch.api.value.Bytes;
import org.hauptbuch.api.value.Hash;
import org.hauptbuch.api.value.KeyType;
import org.hauptbuch.crypto.bc.BouncyCastleScheme;

/** Headers and certificates of a chain in which one of six validators is replaced at each fourth height. */
final class MadeUpChain implements Provider {
    static final SignatureScheme SCHEME = new BouncyCastleScheme();
    static final String CHAIN = "light-test";
    static final long TIME = 1_700_000_000_000L;
    static final int SIZE = 6;

    final TreeMap<Long, LightBlock> blocks = new TreeMap<>();
    final List<Long> asked = new ArrayList<>();
    private final String name;

    MadeUpChain(String name) {
        this.name = name;
    }

    static MadeUpChain of(String name, int length, Hash stateRoot) {
        MadeUpChain chain = new MadeUpChain(name);
        for (long height = 1; height <= length; height++) {
            chain.add(height, members(height), members(height), stateRoot, 0, VotePhase.PRECOMMIT);
        }
        return chain;
    }

    /** This one up to {@code height}, then others. */
    MadeUpChain upTo(String other, long height) {
        MadeUpChain copy = new MadeUpChain(other);
        copy.blocks.putAll(blocks.headMap(height, true));
        return copy;
    }

    /** The numbers of the validators of {@code height}. */
    static List<Integer> members(long height) {
        int first = (int) (height / 4);
        return IntStream.range(first, first + SIZE).boxed().toList();
    }

    static Signer signer(int number) {
        return SCHEME.signer(
                KeyType.ED25519,
                Hash.sha256(("validator " + number).getBytes(java.nio.charset.StandardCharsets.UTF_8))
                        .bytes());
    }

    static Address address(int number) {
        return Address.of(signer(number).publicKey());
    }

    static ValidatorSet set(List<Integer> numbers) {
        return ValidatorSet.of(numbers.stream()
                .map(n -> new ValidatorSet.Member(address(n), signer(n).publicKey(), 10))
                .toList());
    }

    LightBlock add(
            long height, List<Integer> members, List<Integer> voters, Hash stateRoot, int round, VotePhase phase) {
        ValidatorSet set = set(members);
        Hash parent = blocks.containsKey(height - 1) ? blocks.get(height - 1).hash() : Hash.ZERO;
        BlockHeader header = new BlockHeader(
                CHAIN,
                height,
                round,
                height / 10,
                parent,
                TIME + height * 1_000,
                set.members().get(0).address(),
                Hash.ZERO,
                Hash.ZERO,
                stateRoot,
                set.root(),
                Hash.ZERO,
                Bytes.EMPTY,
                Hash.ZERO);
        LightBlock block = new LightBlock(header, certificate(header, voters, round, phase), set);
        blocks.put(height, block);
        return block;
    }

    static Certificate certificate(BlockHeader header, List<Integer> voters, int round, VotePhase phase) {
        Bytes message = Vote.signBytes(CHAIN, phase, header.height(), round, header.hash());
        return Certificate.of(voters.stream()
                .map(n -> new Vote(
                        phase,
                        header.height(),
                        round,
                        header.hash(),
                        address(n),
                        signer(n).sign(message)))
                .toList());
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Optional<LightBlock> at(long height) {
        asked.add(height);
        return Optional.ofNullable(blocks.get(height));
    }
}
