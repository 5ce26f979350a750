package io.patchbay.vpc.eni;

import static io.patchbay.vpc.eni.Described.cidrs;
import static io.patchbay.vpc.eni.Described.eni;
import static io.patchbay.vpc.eni.Described.mac;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VoteTest {
    private static final Role.Rules RULES = new Role.Rules(true, Set.of());
    private static final String BLOCK = "10.0.1.16/28";
    private static final Eni PRIMARY = eni(0, "10.0.0.5/32");
    private static final Eni ENI = eni(1, BLOCK);
    private static final Set<InetAddress> POD = Set.of(Cidr.address("10.0.1.17"));

    /// What the witnesses say of one remembered interface: yes, no, or nothing; and whether a pod
    /// lives on it.
    @ParameterizedTest(name = "metadata {0}, EC2 {1}, link {2}, pod {3}: {4}")
    @CsvSource({
        "yes,  yes,  yes, no,  used",
        "yes,  away, yes, no,  used",
        "yes,  no,   yes, no,  used",
        "no,   yes,  yes, no,  used",
        "no,   away, yes, no,  used",
        "no,   no,   yes, no,  left",
        "away, yes,  yes, no,  used",
        "away, away, yes, no,  used",
        "away, no,   yes, no,  left",
        "yes,  yes,  no,  no,  left",
        "yes,  away, no,  no,  left",
        "yes,  no,   no,  no,  gone",
        "no,   yes,  no,  no,  left",
        "no,   away, no,  no,  left",
        "no,   no,   no,  no,  gone",
        "away, away, no,  no,  left",
        "away, no,   no,  no,  gone",
        "no,   yes,  yes, yes, used",
        "no,   away, yes, yes, used",
        "no,   away, no,  yes, used",
        "no,   yes,  no,  yes, used",
        "no,   no,   yes, yes, used",
        "away, no,   yes, yes, used",
        "no,   no,   no,  yes, gone",
        "yes,  no,   no,  yes, gone"
    })
    void anInterfaceIsBelievedOrGone(
            String metadata, String ec2, String link, String pod, String outcome) {
        Verdict verdict =
                Vote.on(
                        new Sightings(
                                said(metadata, ENI),
                                said(ec2, Described.of(ENI)),
                                link.equals("yes") ? Set.of(mac(1)) : Set.of(),
                                pod.equals("yes") ? POD : Set.of(),
                                List.of(ENI),
                                RULES,
                                false));
        assertThat(verdict.believed()).isEqualTo(outcome.equals("used") ? List.of(ENI) : List.of());
        assertThat(verdict.goneEnis())
                .isEqualTo(outcome.equals("gone") ? Set.of("eni-1") : Set.of());
        boolean unanimous =
                List.of(metadata, ec2, link).stream()
                                .filter(word -> !word.equals("away"))
                                .distinct()
                                .count()
                        == 1;
        assertThat(verdict.disagreements()).hasSize(unanimous ? 0 : 1);
    }

    private static <T> Optional<List<T>> said(String word, T about) {
        return switch (word) {
            case "yes" -> Optional.of(List.of(about));
            case "no" -> Optional.of(List.of());
            default -> Optional.empty();
        };
    }

    /// What the witnesses say of a block of an interface that all agree on.
    @ParameterizedTest(name = "metadata {0}, EC2 {1}, memory {2}, pod {3}: {4}")
    @CsvSource({
        "yes,  yes,  yes, no,  used",
        "yes,  yes,  no,  no,  used",
        "no,   yes,  no,  no,  used",
        "yes,  no,   yes, no,  left",
        "yes,  no,   no,  no,  left",
        "no,   no,   yes, no,  gone",
        "no,   no,   yes, yes, used",
        "no,   away, yes, no,  left",
        "no,   away, yes, yes, used",
        "yes,  away, yes, no,  used",
        "yes,  away, no,  no,  left",
        "yes,  away, no,  yes, used",
        "away, away, yes, no,  used",
        "away, no,   yes, no,  left",
        "away, no,   yes, yes, used"
    })
    void aBlockIsBelievedOrGone(
            String metadata, String ec2, String memory, String pod, String outcome) {
        Eni with = ENI;
        Eni without = eni(1);
        Verdict verdict =
                Vote.on(
                        new Sightings(
                                saidOfBlock(metadata, with, without),
                                saidOfBlock(ec2, Described.of(with), Described.of(without)),
                                Set.of(mac(1)),
                                pod.equals("yes") ? POD : Set.of(),
                                List.of(memory.equals("yes") ? with : without),
                                RULES,
                                false));
        assertThat(verdict.believed()).containsExactly(outcome.equals("used") ? with : without);
        assertThat(verdict.goneBlocks())
                .isEqualTo(
                        outcome.equals("gone")
                                ? Map.of("eni-1", Set.of(Cidr.parse(BLOCK)))
                                : Map.of());
    }

    private static <T> Optional<List<T>> saidOfBlock(String word, T with, T without) {
        return switch (word) {
            case "yes" -> Optional.of(List.of(with));
            case "no" -> Optional.of(List.of(without));
            default -> Optional.empty();
        };
    }

    /// A prefix of IPv6, on an interface that has one of IPv4 too.
    @ParameterizedTest(name = "metadata {0}, EC2 {1}, pod {2}: {3}")
    @CsvSource({
        "yes,  no,   no,  left",
        "no,   yes,  no,  used",
        "yes,  away, no,  left",
        "no,   no,   no,  gone",
        "no,   no,   yes, used",
        "yes,  no,   yes, used"
    })
    void ofIpv6TooABlockIsBelievedOrGone(String metadata, String ec2, String pod, String outcome) {
        String block = "2001:db8:0:1:2::/80";
        Eni with = eni(1, BLOCK, block);
        Eni last = outcome.equals("gone") ? with : ENI;
        Verdict verdict =
                Vote.on(
                        new Sightings(
                                saidOfBlock(metadata, with, ENI),
                                saidOfBlock(ec2, Described.of(with), Described.of(ENI)),
                                Set.of(mac(1)),
                                pod.equals("yes")
                                        ? Set.of(Cidr.address("2001:db8:0:1:2::5"))
                                        : Set.of(),
                                List.of(pod.equals("yes") ? with : last),
                                RULES,
                                false));
        assertThat(verdict.believed()).containsExactly(outcome.equals("used") ? with : ENI);
        assertThat(verdict.goneBlocks())
                .isEqualTo(
                        outcome.equals("gone")
                                ? Map.of("eni-1", Set.of(Cidr.parse(block)))
                                : Map.of());
    }

    @Test
    void anInterfacesOwnAddressOfIpv6IsNoPodsWhicheverWitnessTakesItForAnother() {
        Eni bare = eni(1);
        Cidr own = Cidr.parse("2001:db8::4/128");
        Eni told =
                new Eni(
                        bare.id(),
                        bare.mac(),
                        bare.device(),
                        bare.card(),
                        bare.primary(),
                        bare.subnetId(),
                        bare.subnet(),
                        Optional.of(own.address()),
                        bare.subnet6(),
                        bare.groups(),
                        bare.config(),
                        bare.vpc(),
                        cidrs("2001:db8::9/128"));
        NetworkInterface described = Described.of(eni(1, own.toString()));
        Verdict verdict =
                Vote.on(
                        new Sightings(
                                Optional.of(List.of(told)),
                                Optional.of(List.of(described)),
                                Set.of(mac(1)),
                                Set.of(),
                                List.of(),
                                RULES,
                                false));
        assertThat(verdict.believed())
                .singleElement()
                .satisfies(eni -> assertThat(eni.blocks()).isEmpty());
    }

    @Test
    void itStartsWithoutAnyWitnessButTheKernel() {
        Verdict verdict =
                Vote.on(
                        new Sightings(
                                Optional.empty(),
                                Optional.empty(),
                                Set.of(mac(0), mac(1)),
                                Set.of(),
                                List.of(PRIMARY, ENI),
                                RULES,
                                false));
        assertThat(verdict.believed()).containsExactly(PRIMARY, ENI);
        assertThat(verdict.disagreements()).isEmpty();
    }

    @Test
    void withoutEc2OnlyThePrimaryAndWhatIsRememberedCarriesPods() {
        Sightings seen =
                new Sightings(
                        Optional.of(List.of(PRIMARY, ENI, eni(2))),
                        Optional.empty(),
                        Set.of(mac(0), mac(1), mac(2)),
                        Set.of(),
                        List.of(ENI),
                        RULES,
                        false);
        assertThat(Vote.on(seen).believed()).containsExactly(PRIMARY, ENI);
        assertThat(Vote.on(seen).disagreements())
                .singleElement()
                .asString()
                .contains("eni-2")
                .contains("tagged");
    }

    @Test
    void whatAnInterfaceIsForIsKnownByItsTagsAndRememberedWithoutEc2() {
        EniConfig config = new EniConfig(Optional.of("subnet-a"), List.of("sg-9"));
        NetworkInterface made =
                Described.tagged(
                        1, Identity.OWNER, Identity.PATCHBAY, Identity.CONFIG, config.key());
        List<Eni> told =
                Vote.on(sightings(Optional.of(List.of(Described.of(PRIMARY), made)), List.of()))
                        .believed();
        assertThat(told).extracting(Eni::config).containsExactly(EniConfig.NODE, config);
        assertThat(Vote.on(sightings(Optional.empty(), told)).believed()).isEqualTo(told);
    }

    private static Sightings sightings(Optional<List<NetworkInterface>> ec2, List<Eni> remembered) {
        return new Sightings(
                Optional.of(List.of(PRIMARY, eni(1))),
                ec2,
                Set.of(mac(0), mac(1)),
                Set.of(),
                remembered,
                RULES,
                false);
    }

    @Test
    void whereEc2IsNeverAskedStrangersCarryPods() {
        Sightings seen =
                new Sightings(
                        Optional.of(List.of(PRIMARY, eni(2))),
                        Optional.empty(),
                        Set.of(mac(0), mac(2)),
                        Set.of(),
                        List.of(),
                        RULES,
                        true);
        assertThat(Vote.on(seen).believed()).containsExactly(PRIMARY, eni(2));
    }

    @Test
    void whatIsSomebodyElsesIsNotBelievedWhoeverTellsOfIt() {
        NetworkInterface other = Described.tagged(1, "node.k8s.amazonaws.com/no_manage", "true");
        Verdict verdict =
                Vote.on(
                        new Sightings(
                                Optional.of(List.of(PRIMARY, ENI)),
                                Optional.of(List.of(Described.of(PRIMARY), other)),
                                Set.of(mac(0), mac(1)),
                                Set.of(),
                                List.of(),
                                RULES,
                                false));
        assertThat(verdict.believed()).containsExactly(PRIMARY);
        assertThat(verdict.roles()).containsEntry("eni-1", Role.UNMANAGED);
        assertThat(verdict.goneEnis()).isEmpty();
        assertThat(verdict.disagreements()).isEmpty();
    }

    @Test
    void whatOnlyEc2TellsOfIsWaitedFor() {
        Verdict verdict =
                Vote.on(
                        new Sightings(
                                Optional.of(List.of(PRIMARY)),
                                Optional.of(List.of(Described.of(PRIMARY), Described.of(ENI))),
                                Set.of(mac(0), mac(1)),
                                Set.of(),
                                List.of(),
                                RULES,
                                false));
        assertThat(verdict.believed()).containsExactly(PRIMARY);
        assertThat(verdict.disagreements()).singleElement().asString().contains("eni-1");
    }

    @Test
    void aSentenceSaysWhoSaysWhat() {
        Verdict verdict =
                Vote.on(
                        new Sightings(
                                Optional.of(List.of()),
                                Optional.empty(),
                                Set.of(mac(1)),
                                POD,
                                List.of(ENI),
                                RULES,
                                false));
        assertThat(verdict.disagreements())
                .containsExactly(
                        "interface eni-1 (02:00:00:00:00:01): instance metadata does not tell of"
                                + " it, EC2 does not answer, and it has a link: it is used");
    }

    @Test
    void noPodLosesAnythingOnTheWordOfInstanceMetadata() {
        Random random = new Random(7);
        for (int i = 0; i < 5000; i++) {
            Sightings seen = draw(random);
            Verdict verdict = Vote.on(seen);
            for (Eni eni : seen.last()) {
                boolean live = eni.blocks().stream().anyMatch(block -> has(seen.live(), block));
                boolean denied =
                        seen.ec2()
                                .filter(all ->
                                        all.stream().noneMatch(one -> one.id().equals(eni.id())))
                                .isPresent();
                boolean goneForCertain = denied && !seen.kernel().contains(eni.mac());
                assertThat(verdict.goneEnis().contains(eni.id())).isEqualTo(goneForCertain);
                if (live && !goneForCertain) {
                    assertThat(verdict.believed())
                            .filteredOn(one -> one.id().equals(eni.id()))
                            .singleElement()
                            .satisfies(one ->
                                    assertThat(one.blocks())
                                            .containsAll(
                                                    eni.blocks().stream()
                                                            .filter(block ->
                                                                    has(seen.live(), block))
                                                            .toList()));
                }
            }
            verdict.goneBlocks()
                    .forEach((id, blocks) ->
                            assertThat(blocks).noneMatch(block -> has(seen.live(), block)));
        }
    }

    private static boolean has(Set<InetAddress> addresses, Cidr block) {
        return addresses.stream().anyMatch(block::contains);
    }

    private static Sightings draw(Random random) {
        return new Sightings(
                random.nextInt(4) == 0 ? Optional.empty() : Optional.of(drawEnis(random)),
                random.nextInt(4) == 0
                        ? Optional.empty()
                        : Optional.of(drawEnis(random).stream().map(Described::of).toList()),
                drawEnis(random).stream().map(Eni::mac).collect(Collectors.toSet()),
                drawEnis(random).stream()
                        .flatMap(eni -> eni.blocks().stream())
                        .filter(_ -> random.nextBoolean())
                        .map(block -> block.at(random.nextInt(2)))
                        .collect(Collectors.toSet()),
                drawEnis(random),
                RULES,
                random.nextBoolean());
    }

    private static List<Eni> drawEnis(Random random) {
        List<Eni> enis = new ArrayList<>();
        for (int device = 0; device < 4; device++) {
            if (random.nextInt(3) > 0) {
                List<String> blocks = new ArrayList<>();
                for (int block = 1; block < 4; block++) {
                    if (random.nextBoolean()) {
                        blocks.add("10.0.%d.%d/28".formatted(device, block * 16));
                    }
                }
                enis.add(eni(device).with(cidrs(blocks.toArray(String[]::new))));
            }
        }
        return enis;
    }

    @Test
    void theMacOfAnInterfaceIsWhatTheKernelKnowsItBy() {
        Set<MacAddress> other = Set.of(mac(9));
        assertThat(
                        Vote.on(
                                        new Sightings(
                                                Optional.of(List.of(ENI)),
                                                Optional.of(List.of(Described.of(ENI))),
                                                other,
                                                Set.of(),
                                                List.of(),
                                                RULES,
                                                false))
                                .believed())
                .isEmpty();
    }
}
