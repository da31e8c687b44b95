package org.hauptbuch.tck;

/** What happened in a {@link FinalityWorld}, to know that its seed was worth running. */
public final class FinalityTally {
    /** Machines that crashed and resumed from their journal. */
    public int crashes;

    /** Moments at which all crashed at once. */
    public int massCrashes;

    /** Messages lost. */
    public int dropped;

    /** Messages that came twice. */
    public int repeated;

    /** Messages lost between the two parts of a network. */
    public int cut;

    /** Reports of liars. */
    public int accusations;

    /** Heights that were not decided in round 0. */
    public int laterRounds;

    /** Proposals of a block that was offered before. */
    public int reproposals;

    /** Proposals with the proof of an earlier quorum. */
    public int proofs;

    /** Counts the other's as well. */
    public void add(FinalityTally other) {
        crashes += other.crashes;
        massCrashes += other.massCrashes;
        dropped += other.dropped;
        repeated += other.repeated;
        cut += other.cut;
        accusations += other.accusations;
        laterRounds += other.laterRounds;
        reproposals += other.reproposals;
        proofs += other.proofs;
    }

    @Override
    public String toString() {
        return "crashes " + crashes + ", of all at once " + massCrashes + ", dropped " + dropped + ", repeated "
                + repeated + ", cut by a partition " + cut + ", accusations " + accusations
                + ", decided after round 0 " + laterRounds + ", blocks proposed again " + reproposals
                + ", proofs of lock " + proofs;
    }
}
