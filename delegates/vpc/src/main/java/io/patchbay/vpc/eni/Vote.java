package io.patchbay.vpc.eni;

import io.patchbay.spi.net.Cidr;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Which interfaces and blocks to believe in, given witnesses that lag and fail. Instance metadata
/// alone takes nothing from a pod: an interface is gone when EC2 says so and no link has its MAC
/// address; a block is gone when EC2 and instance metadata say so and no pod has an address of it.
public final class Vote {
    private final Sightings seen;
    private final Map<String, Eni> told;
    private final Map<String, NetworkInterface> described;
    private final Map<String, Eni> remembered;

    private final List<Eni> believed = new ArrayList<>();
    private final Map<String, Role> roles = new TreeMap<>();
    private final Set<String> goneEnis = new TreeSet<>();
    private final Map<String, Set<Cidr>> goneBlocks = new TreeMap<>();
    private final List<String> disagreements = new ArrayList<>();

    private Vote(Sightings seen) {
        this.seen = seen;
        this.told = byId(seen.metadata().orElse(List.of()), Eni::id);
        this.described = byId(seen.ec2().orElse(List.of()), NetworkInterface::id);
        this.remembered = byId(seen.last(), Eni::id);
    }

    public static Verdict on(Sightings seen) {
        return new Vote(seen).verdict();
    }

    private static <T> Map<String, T> byId(Collection<T> all, Function<T, String> id) {
        return all.stream().collect(Collectors.toMap(id, Function.identity(), (one, _) -> one));
    }

    private Verdict verdict() {
        described.values().forEach(eni -> roles.put(eni.id(), Role.of(eni, seen.rules())));
        Map<String, Eni> candidates = new TreeMap<>(remembered);
        candidates.putAll(told);
        candidates.values().stream().filter(this::isManaged).forEach(this::judge);
        roles.forEach((id, role) -> {
            if (role.isManaged() && !candidates.containsKey(id)) {
                disagreements.add(
                        "interface %s is attached, and is waited for until instance metadata tells of it"
                                .formatted(id));
            }
        });
        believed.sort(Eni.ORDER);
        return new Verdict(believed, roles, goneEnis, goneBlocks, disagreements);
    }

    private boolean isManaged(Eni eni) {
        return !roles.containsKey(eni.id()) || roles.get(eni.id()).isManaged();
    }

    private void judge(Eni eni) {
        Testimony testimony =
                new Testimony(
                        seen.kernel().contains(eni.mac()),
                        seen.metadata().map(_ -> told.containsKey(eni.id())),
                        seen.ec2().map(_ -> described.containsKey(eni.id())));
        boolean live =
                Stream.of(told, remembered)
                        .flatMap(by -> Optional.ofNullable(by.get(eni.id())).stream())
                        .flatMap(known -> known.blocks().stream())
                        .anyMatch(this::isLive);
        boolean stranger = isStranger(eni);
        Outcome outcome =
                testimony.isGone()
                        ? Outcome.GONE
                        : !stranger && (live || testimony.isBelievable())
                                ? Outcome.USED
                                : Outcome.LEFT;
        switch (outcome) {
            case GONE -> goneEnis.add(eni.id());
            case USED -> believed.add(judgeBlocks(eni));
            case LEFT -> {}
        }
        if (!testimony.isUnanimous()) {
            disagreements.add(
                    "interface %s (%s): %s: %s"
                            .formatted(eni.id(), eni.mac(), testimony.words(), outcome.words));
        } else if (stranger) {
            disagreements.add(
                    "interface %s (%s) is not used before EC2 has told what it is tagged with"
                            .formatted(eni.id(), eni.mac()));
        }
    }

    private enum Outcome {
        GONE("it is gone"),
        USED("it is used"),
        LEFT("no pod gets an address of it");

        private final String words;

        Outcome(String words) {
            this.words = words;
        }
    }

    /// What is said about one interface.
    ///
    /// @param link whether the host has a link with its address
    /// @param metadata and `ec2`: whether they tell of it; empty where they do not answer
    private record Testimony(boolean link, Optional<Boolean> metadata, Optional<Boolean> ec2) {
        boolean isGone() {
            return !link && says(ec2, false);
        }

        /// Of a pod's interface any witness is enough; of another two are.
        boolean isBelievable() {
            return link && (!says(ec2, false) || says(metadata, true));
        }

        boolean isUnanimous() {
            return metadata.orElse(link) == link && ec2.orElse(link) == link;
        }

        private static boolean says(Optional<Boolean> witness, boolean word) {
            return witness.filter(said -> said == word).isPresent();
        }

        String words() {
            return "%s, %s, and %s"
                    .formatted(
                            word("instance metadata", metadata),
                            word("EC2", ec2),
                            link ? "it has a link" : "no link has its address");
        }

        private static String word(String witness, Optional<Boolean> tells) {
            return witness
                    + tells.map(yes -> yes ? " tells of it" : " does not tell of it")
                            .orElse(" does not answer");
        }
    }

    /// As its tags say; instance metadata does not know them.
    private EniConfig config(Eni eni) {
        return Optional.ofNullable(described.get(eni.id()))
                .map(EniConfig::of)
                .or(() -> Optional.ofNullable(remembered.get(eni.id())).map(Eni::config))
                .orElse(EniConfig.NODE);
    }

    private boolean isLive(Cidr block) {
        return seen.live().stream().anyMatch(block::contains);
    }

    /// Known to instance metadata alone.
    private boolean isStranger(Eni eni) {
        return !seen.strangers()
                && !eni.isPrimary()
                && !described.containsKey(eni.id())
                && !remembered.containsKey(eni.id());
    }

    private Eni judgeBlocks(Eni eni) {
        BlockVote.Outcome blocks =
                new BlockVote(
                                eni.id(),
                                Optional.ofNullable(described.get(eni.id()))
                                        .map(NetworkInterface::blocks),
                                Optional.ofNullable(told.get(eni.id())).map(Eni::blocks),
                                Optional.ofNullable(remembered.get(eni.id()))
                                        .map(Eni::blocks)
                                        .orElse(List.of()),
                                seen.strangers() || !remembered.containsKey(eni.id()),
                                this::isLive)
                        .outcome();
        if (!blocks.gone().isEmpty()) {
            goneBlocks.put(eni.id(), Set.copyOf(blocks.gone()));
        }
        disagreements.addAll(blocks.disagreements());
        // Which of several addresses of IPv6 is its own, two witnesses may tell differently.
        return eni.with(
                        blocks.believed().stream()
                                .filter(block ->
                                        !eni.primary6().map(Cidr::host).equals(Optional.of(block)))
                                .toList())
                .of(config(eni));
    }
}
