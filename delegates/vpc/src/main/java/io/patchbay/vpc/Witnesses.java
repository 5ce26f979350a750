package io.patchbay.vpc;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.Link;
import io.patchbay.spi.net.MacAddress;
import io.patchbay.spi.net.Netns;
import io.patchbay.vpc.eni.CloudException;
import io.patchbay.vpc.eni.Eni;
import io.patchbay.vpc.eni.Metadata;
import io.patchbay.vpc.eni.NetworkInterface;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// Asks those who know of the node's interfaces: instance metadata each time, EC2 where metadata
/// does not tell what is expected, where somebody wants it, and every ten minutes. For one thread
/// at a time.
final class Witnesses {
    private static final Duration CERTAIN = Duration.ofMinutes(10);

    private final Metadata metadata;
    private final Account account;
    private final Netns host;
    private final InstantSource clock;
    private Instant asked = Instant.EPOCH;

    /// @param trouble why one of them did not answer
    record Answers(
            Optional<List<Eni>> metadata,
            Optional<List<NetworkInterface>> ec2,
            Set<MacAddress> kernel,
            Optional<String> trouble) {}

    Witnesses(Metadata metadata, Account account, Netns host, InstantSource clock) {
        this.metadata = metadata;
        this.account = account;
        this.host = host;
        this.clock = clock;
    }

    /// @param expected what the interfaces should be, as far as is known
    /// @param others the ids of interfaces that are somebody else's, as EC2 has told
    /// @param anew whether EC2 is wanted
    Answers ask(List<Eni> expected, Set<String> others, boolean anew) {
        List<String> troubles = new ArrayList<>();
        Optional<List<Eni>> told = answer(metadata::attached, troubles);
        boolean due =
                anew
                        || told.filter(enis ->
                                        !blocks(enis, others).equals(blocks(expected, others)))
                                .isPresent()
                        || clock.instant().isAfter(asked.plus(CERTAIN));
        Optional<List<NetworkInterface>> described =
                due ? account.find().flatMap(cloud -> describe(cloud, troubles)) : Optional.empty();
        return new Answers(told, described, macs(), troubles.stream().findFirst());
    }

    private static Map<String, Set<Cidr>> blocks(List<Eni> enis, Set<String> others) {
        return enis.stream()
                .filter(eni -> !others.contains(eni.id()))
                .collect(Collectors.toMap(Eni::id, eni -> Set.copyOf(eni.blocks()), (a, _) -> a));
    }

    private Optional<List<NetworkInterface>> describe(Cloud cloud, List<String> troubles) {
        Optional<List<NetworkInterface>> answer =
                answer(() -> cloud.ec2().attachedTo(cloud.instance().id()), troubles);
        answer.ifPresent(_ -> asked = clock.instant());
        return answer;
    }

    private static <T> Optional<T> answer(Supplier<T> question, List<String> troubles) {
        try {
            return Optional.of(question.get());
        } catch (CloudException e) {
            troubles.add(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    private Set<MacAddress> macs() {
        return host.rtnl().links().stream()
                .map(Link::mac)
                .flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }
}
