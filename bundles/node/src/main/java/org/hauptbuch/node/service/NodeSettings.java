package org.hauptbuch.node.service;

import org.hauptbuch.node.signer.SharedSecret;
import org.osgi.service.metatype.annotations.AttributeDefinition;
import org.osgi.service.metatype.annotations.ObjectClassDefinition;

/** One node of this container. Every key is local to the node; what the network agrees on is in the genesis. */
@ObjectClassDefinition(
        name = "Hauptbuch node",
        description = "One node of this container. Every key is local to the node; what the network agrees on is in the"
                + " genesis.")
public @interface NodeSettings {
    /** Its name in commands, logs and configuration. */
    @AttributeDefinition(description = "Its name in commands, logs and configuration: 1 to 64 of a-z 0-9 _ . -")
    String name();

    /** How the chain begins. */
    @AttributeDefinition(
            description = "The file with the chain's beginning, the same bytes on every node; relative to the home.")
    String genesis() default "genesis.json";

    /** Where it keeps blocks, state and what it signed. */
    @AttributeDefinition(
            description = "The folder for blocks, state and signing records; relative to the home. A copy that runs"
                    + " elsewhere means being banned. Empty: store/NAME.")
    String store() default "";

    /** The consensus key that it signs with. */
    @AttributeDefinition(
            description = "The file with the consensus key; relative to the home. Empty for a node that only follows.")
    String key() default "";

    /** The process that signs for it. */
    @AttributeDefinition(
            description =
                    "The signer that has the consensus key, as HOST:PORT, in the place of key: a process of its own,"
                            + " which ./hauptbuch signer starts. Empty: none.")
    String signer() default "";

    /** What it and its signer know each other by. */
    @AttributeDefinition(
            description =
                    "The file that the signer made at its first start, readable by its owner only; relative to the"
                            + " home.")
    String signerSecret() default SharedSecret.FILE;

    /** How long a signature may take. */
    @AttributeDefinition(
            description = "The most milliseconds that the node waits for one signature of its signer, 10 to 5000.",
            min = "10",
            max = "5000")
    long signerLimitMillis() default 500;

    /** The key that it proves its name to peers with. */
    @AttributeDefinition(
            description = "The file with the key that it proves itself to peers with; relative to the home. Empty: the"
                    + " consensus key, or without one a key that is made for each start and trusted by nobody.")
    String linkKey() default "";

    /** What its keys are encrypted with. */
    @AttributeDefinition(
            description = "The file with the passphrase of its keys, one line, readable by its owner only; relative to"
                    + " the home. Empty: the home's file passphrase where there is one, else the environment variable"
                    + " HAUPTBUCH_PASSPHRASE.")
    String passphraseFile() default "";

    /** The address that it listens on. */
    @AttributeDefinition(description = "The address that it listens on for peers; 127.0.0.1 is this machine only.")
    String bindHost() default "127.0.0.1";

    /** The port that it listens on. */
    @AttributeDefinition(description = "The port that it listens on for peers, 1 to 65535.", min = "1", max = "65535")
    int bindPort();

    /** Whom it calls. */
    @AttributeDefinition(description = "The peers that it calls, as NAME=HOST:PORT, separated by commas.")
    String peers() default "";

    /** Whom it knows. */
    @AttributeDefinition(
            description = "The keys of the peers that it knows, as NAME=PUBLIC-KEY in hexadecimal, separated by"
                    + " commas; for them there is always room.")
    String trusted() default "";

    /** How many strangers it lets in. */
    @AttributeDefinition(
            description =
                    "How many peers that are not in trusted may be linked at a time, 0 to 10000. They can follow the"
                            + " chain and send transactions, and are limited in what they send. 0: trusted peers only.",
            min = "0",
            max = "10000")
    int observers() default 16;

    /** The most transactions that wait. */
    @AttributeDefinition(
            description = "The most transactions that wait for a block, 1 to 10000000.",
            min = "1",
            max = "10000000")
    int poolTransactions() default 50_000;

    /** The most bytes of transactions that wait. */
    @AttributeDefinition(description = "The most bytes of transactions that wait, 1048576 or more.", min = "1048576")
    long poolBytes() default 64L << 20;

    /** The most transactions of one sender that wait. */
    @AttributeDefinition(
            description = "The most transactions of one sender that wait, 1 to poolTransactions.",
            min = "1")
    int poolPerSender() default 2_000;

    /** Who verifies signatures. */
    @AttributeDefinition(
            description = "The provider that verifies signatures: bouncycastle, or accp, a native library for Linux on"
                    + " x86-64. Both give the same answers. A node whose provider cannot work does not start.")
    String signatures() default "bouncycastle";

    /** How long rules may take. */
    @AttributeDefinition(
            description = "The most milliseconds of processor time that one call of rules, such as the execution of a"
                    + " block, may take before the node halts and names the rule, 10 to 600000.",
            min = "10",
            max = "600000")
    long ruleLimitMillis() default 2_000;

    /** Where it begins. */
    @AttributeDefinition(
            description = "The checkpoint at which a node with an empty store begins, as HEIGHT:HASH, got from somebody"
                    + " you trust: pos:checkpoint-list shows them. Empty: it executes every block since genesis.")
    String checkpoint() default "";

    /** Whether it begins at a checkpoint of any age. */
    @AttributeDefinition(
            description = "Whether the checkpoint may be older than the weak-subjectivity period. Those who validated"
                    + " then may have their stake back and can sign another chain for nothing.")
    boolean trustOldCheckpoint() default false;

    /** How often it copies the state for new nodes. */
    @AttributeDefinition(
            description =
                    "Epochs from one snapshot of the state to the next, for nodes that begin at a checkpoint, 0 to"
                            + " 10000; 0: none.",
            min = "0",
            max = "10000")
    long snapshotEpochs() default 2;

    /** How many copies it keeps. */
    @AttributeDefinition(description = "How many snapshots are kept, 1 to 100.", min = "1", max = "100")
    int snapshots() default 3;

    /** How long it listens before it signs. */
    @AttributeDefinition(
            description =
                    "For how many blocks a validator that starts listens for another node that signs with its key,"
                            + " before it signs itself, 0 to 1000; 0: not at all. Where no block is decided, it listens for one"
                            + " block time more than they would take.",
            min = "0",
            max = "1000")
    int doppelgangerBlocks() default 2;

    /** How many blocks it keeps. */
    @AttributeDefinition(
            description = "How many of the last blocks are kept: all, or a number that is at least the blocks of the"
                    + " unbonding time.")
    String keepBlocks() default "all";
}
