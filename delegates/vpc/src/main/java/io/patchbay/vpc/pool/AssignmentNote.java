package io.patchbay.vpc.pool;

import io.patchbay.spi.net.Cidr;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What this program has had assigned to an interface that is not its own, on disk under the
/// interface's id. All else there is its operator's, and never returned.
///
/// @param ours the blocks that EC2 was asked for
/// @param returning those of ours that it is being asked to take back
/// @param before the blocks that the interface had when EC2 was asked for more
/// @param asked how many it was asked for; 0 once it has answered
/// @param since milliseconds since 1970, of the last question
public record AssignmentNote(
        String eni,
        List<String> ours,
        List<String> returning,
        List<String> before,
        int asked,
        long since) {
    public AssignmentNote {
        ours = List.copyOf(ours);
        returning = List.copyOf(returning);
        before = List.copyOf(before);
    }

    public static AssignmentNote of(String eni) {
        return new AssignmentNote(eni, List.of(), List.of(), List.of(), 0, 0);
    }

    private static List<String> words(Collection<Cidr> blocks) {
        return blocks.stream().map(Cidr::toString).sorted().toList();
    }

    private static Set<Cidr> blocks(Collection<String> words) {
        return words.stream().map(Cidr::parse).collect(Collectors.toUnmodifiableSet());
    }

    public Set<Cidr> own() {
        return blocks(ours);
    }

    public Set<Cidr> leaving() {
        return blocks(returning);
    }

    /// Whether a question is open: EC2's answer was lost, or this program's life ended before it.
    public boolean isOpen() {
        return asked > 0 || !returning.isEmpty();
    }

    /// Whether it is of no use any more.
    public boolean isEmpty() {
        return !isOpen() && ours.isEmpty();
    }

    /// Before EC2 is asked for more.
    public AssignmentNote asking(Collection<Cidr> there, int count, Instant now) {
        return new AssignmentNote(eni, ours, returning, words(there), count, now.toEpochMilli());
    }

    /// EC2 has assigned these, or nothing.
    public AssignmentNote answered(Collection<Cidr> blocks) {
        return new AssignmentNote(
                eni,
                Stream.concat(ours.stream(), words(blocks).stream()).distinct().sorted().toList(),
                returning,
                List.of(),
                0,
                since);
    }

    /// Before EC2 is asked to take these back.
    public AssignmentNote returning(Collection<Cidr> blocks, Instant now) {
        return new AssignmentNote(eni, ours, words(blocks), before, asked, now.toEpochMilli());
    }

    /// EC2 has refused to.
    public AssignmentNote kept() {
        return new AssignmentNote(eni, ours, List.of(), before, asked, since);
    }

    /// EC2 has taken them back.
    public AssignmentNote returned() {
        return new AssignmentNote(
                eni,
                ours.stream().filter(block -> !returning.contains(block)).toList(),
                List.of(),
                before,
                asked,
                since);
    }

    /// What is there now and was not when EC2 was asked for more.
    public Set<Cidr> come(Collection<Cidr> now) {
        Set<Cidr> come = new HashSet<>(now);
        come.removeAll(blocks(before));
        return come;
    }

    /// EC2 was asked what is there.
    public AssignmentNote looked(Instant now) {
        return new AssignmentNote(eni, ours, returning, before, asked, now.toEpochMilli());
    }

    public boolean isOlder(Duration age, Instant now) {
        return Instant.ofEpochMilli(since).plus(age).isBefore(now);
    }
}
