/**
 * Simplex (B. Chan, R. Pass: Simplex Consensus: A Simple and Fast Consensus Protocol, TCC 2023, eprint 2023/463), one
 * height of the chain at a time. An iteration of the paper is a round here.
 *
 * <p><b>How the paper's chain becomes one block.</b> In the paper, every iteration adds a block or a dummy block, and
 * finalizing an iteration finalizes all before it. Here a height is such a chain whose blocks are one and the same: the
 * first that is not a dummy is the height's block, later iterations propose it again. A proposal of round <i>r</i> names
 * its parent by its valid round <i>v</i>: the block is notarized in <i>v</i>, the dummy in every round between
 * <i>v</i> and <i>r</i>. A new block has no valid round: the dummy is notarized in every round before <i>r</i>.
 *
 * <p><b>The votes</b> of a validator in one round: at most one to {@code NOTARIZE} a block, and at most one in the phase
 * {@code FINALIZE}, either for the block, once it is notarized, or for none, which is the vote for the dummy block. That
 * both are one phase makes whoever does both an equivocator under the rule that all protocols share. To notarize a block
 * and then vote for the dummy is legal.
 *
 * <p><b>Safety</b>, while less than a third of the voting power lies, so that two quorums share an honest validator. It
 * is the consistency proof of the paper, section 3:
 *
 * <ol>
 *   <li>One block at most is notarized in a round: an honest validator notarizes one.
 *   <li>Where a quorum finalizes in <i>r</i>, no dummy is ever notarized in <i>r</i>: an honest validator in both quorums
 *       would have cast both votes of one phase.
 *   <li>Let a quorum finalize <i>b</i> in <i>r</i>, so that <i>b</i> is notarized there. Whatever is notarized in a later
 *       round <i>r'</i> is <i>b</i>, by induction: an honest validator notarized it, so it has a valid round <i>v</i> and
 *       dummies in between, or no valid round and dummies in all rounds before. By 2, <i>r</i> is not among the dummies:
 *       there is a <i>v</i>, and <i>r</i> ≤ <i>v</i> &lt; <i>r'</i>. If <i>v</i> = <i>r</i>, it is <i>b</i> by 1,
 *       otherwise by induction.
 *   <li>Only what is notarized in a round is finalized there, so by 1 and 3 two certificates of one height are for the
 *       same block.
 * </ol>
 *
 * <p>None of it depends on when an honest validator votes, in which round it believes to be, or on timers. So a
 * validator may skip rounds, vote to finalize a past round late, and vote for the dummy early, which this one does.
 */
package org.hauptbuch.finality.simplex;
