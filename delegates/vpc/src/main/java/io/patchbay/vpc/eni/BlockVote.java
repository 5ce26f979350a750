package io.patchbay.vpc.eni;

import io.patchbay.spi.net.Cidr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Which blocks of an interface to believe in: EC2's if it answers, else those of instance
/// metadata, else those of memory; and whatever a pod has. Metadata lags: of what it tells alone,
/// EC2 may have taken back.
///
/// @param eni the interface's id
/// @param ec2 empty while EC2 does not answer, or does not tell of the interface
/// @param metadata empty likewise
/// @param memory what was believed before
/// @param strangers whether blocks that metadata tells of, and neither EC2 nor memory, are believed
/// @param live whether a pod has an address of a block
record BlockVote(
        String eni,
        Optional<List<Cidr>> ec2,
        Optional<List<Cidr>> metadata,
        List<Cidr> memory,
        boolean strangers,
        Predicate<Cidr> live) {

    record Outcome(List<Cidr> believed, Set<Cidr> gone, List<String> disagreements) {}

    Outcome outcome() {
        List<Cidr> certain = ec2.or(this::trusted).orElse(memory);
        Set<Cidr> doubtful = new LinkedHashSet<>(metadata.orElse(List.of()));
        doubtful.addAll(memory);
        certain.forEach(doubtful::remove);
        Set<Cidr> believed = new LinkedHashSet<>(certain);
        Set<Cidr> gone = new LinkedHashSet<>();
        List<String> disagreements = new ArrayList<>();
        for (Cidr block : doubtful) {
            if (live.test(block)) {
                believed.add(block);
                disagreements.add(
                        "block %s of %s has a pod, and %s does not tell of it: the pod keeps it"
                                .formatted(block, eni, authority()));
            } else if (ec2.isPresent() && denies(metadata, block)) {
                gone.add(block);
            } else if (ec2.isEmpty() && !denies(metadata, block)) {
                disagreements.add(
                        "block %s of %s is told by instance metadata alone: no pod gets it before EC2 tells of it"
                                .formatted(block, eni));
            } else {
                disagreements.add(
                        "block %s of %s is not told by %s: no pod gets it"
                                .formatted(block, eni, authority()));
            }
        }
        return new Outcome(List.copyOf(believed), gone, disagreements);
    }

    private Optional<List<Cidr>> trusted() {
        return metadata.map(told ->
                told.stream().filter(block -> strangers || memory.contains(block)).toList());
    }

    private static boolean denies(Optional<? extends Collection<Cidr>> witness, Cidr block) {
        return witness.filter(blocks -> !blocks.contains(block)).isPresent();
    }

    private String authority() {
        return ec2.isPresent() ? "EC2" : "instance metadata";
    }
}
