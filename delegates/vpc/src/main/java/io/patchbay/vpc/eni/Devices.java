package io.patchbay.vpc.eni;

import io.patchbay.vpc.eni.CloudException.Reason;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which device number an interface gets on its network card.
final class Devices {
    private Devices() {}

    /// The lowest that is free. Numbers begin with 1 on every card: 0 is the primary interface's,
    /// and what EC2 gives those of other cards at launch.
    ///
    /// @param attached what EC2 says
    /// @param coming what is about to be attached
    static int free(
            String instance,
            InstanceLimits limits,
            int card,
            List<NetworkInterface> attached,
            Collection<EniNote> coming) {
        int most = card < limits.cards().size() ? limits.cards().get(card) : 0;
        Set<String> known = attached.stream().map(NetworkInterface::id).collect(Collectors.toSet());
        List<Integer> numbers =
                Stream.concat(
                                attached.stream()
                                        .flatMap(eni -> eni.attachment().stream())
                                        .filter(at -> at.card() == card)
                                        .map(NetworkInterface.Attachment::device),
                                coming.stream()
                                        .filter(note -> note.isComing() && note.card() == card)
                                        .filter(note -> !known.contains(note.eni()))
                                        .map(EniNote::device))
                        .toList();
        if (numbers.size() >= most) {
            throw new CloudException(
                    Reason.INSTANCE_FULL,
                    "network card %d of %s has %d interfaces, and takes %d: more pods need another instance type or prefixes"
                            .formatted(card, instance, numbers.size(), most));
        }
        return Stream.iterate(1, number -> number + 1)
                .filter(number -> !numbers.contains(number))
                .findFirst()
                .orElseThrow();
    }
}
