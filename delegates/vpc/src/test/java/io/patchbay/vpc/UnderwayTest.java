package io.patchbay.vpc;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.spi.net.MacAddress;
import io.patchbay.vpc.eni.Creation;
import io.patchbay.vpc.eni.EniNote;
import io.patchbay.vpc.eni.EniNote.Stage;
import io.patchbay.vpc.eni.InstanceLimits;
import io.patchbay.vpc.eni.Intents;
import io.patchbay.vpc.eni.NetworkInterface;
import io.patchbay.vpc.eni.NetworkInterface.Attachment;
import io.patchbay.vpc.eni.Order;
import io.patchbay.vpc.pool.Action;
import io.patchbay.vpc.pool.Addresses;
import io.patchbay.vpc.pool.Demand;
import io.patchbay.vpc.pool.Enis;
import io.patchbay.vpc.pool.Situation;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class UnderwayTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final InstanceLimits LIMITS = new InstanceLimits(List.of(3, 3), 10, true);

    private final MemoryJournal<EniNote> notes = new MemoryJournal<>();
    private final Intents intents = new Intents(notes, InstantSource.fixed(NOW));
    private final Addresses addresses =
            new Addresses(new MemoryJournal<>(), InstantSource.fixed(NOW), Duration.ZERO);
    private final Underway underway = new Underway();

    private void note(String token, Stage stage, String eni, Duration age) {
        notes.write(
                token,
                new EniNote(
                        stage,
                        "i-1",
                        Optional.of(
                                new Creation(
                                        token,
                                        "subnet-1",
                                        List.of(),
                                        "",
                                        Map.of(),
                                        Optional.empty(),
                                        Order.addresses(4))),
                        eni,
                        "",
                        1,
                        2,
                        NOW.minus(age).toEpochMilli()));
    }

    private Situation situation(NetworkInterface... attached) {
        Reading last =
                new Reading(
                        1,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(attached),
                        Map.of(),
                        Optional.empty());
        return underway.situation(Demand.NODE, LIMITS, intents, addresses, last, 0, List.of(), NOW);
    }

    private static Action creation(int count) {
        return new Action.Create(1, "subnet-1", Order.addresses(count));
    }

    @Test
    void whatALostAnswerOrACrashLeftIsWaitedForAsIfItWereJustOrdered() {
        note("t-1", Stage.CREATE, "", Duration.ofSeconds(5));

        assertThat(situation().inFlight()).containsExactly(creation(4));
    }

    @Test
    void anActionOfThisProcessIsNotCountedTwice() {
        note("t-old", Stage.ATTACH, "eni-7", Duration.ofSeconds(9));
        note("t-new", Stage.CREATE, "", Duration.ZERO);
        underway.begin(new Action.Create(0, "subnet-0", Order.addresses(1)));

        assertThat(situation().inFlight())
                .containsExactly(new Action.Create(0, "subnet-0", Order.addresses(1)), creation(4));
    }

    @Test
    void whatIsNotThereAfterMinutesHasAPlaceAndIsNotWaitedFor() {
        note("t-1", Stage.CREATE, "", Duration.ofMinutes(3));

        assertThat(situation().inFlight()).containsExactly(creation(0));
    }

    @Test
    void anInterfaceIsOnceOnItsCardWhileMetadataDoesNotTellOfIt() {
        note("t-1", Stage.BE_SEEN, "eni-7", Duration.ofSeconds(5));
        Situation now = situation(attached("eni-7"), attached("eni-strange"));

        assertThat(now.roles().occupied()).isEqualTo(Map.of(1, 1));
        assertThat(now.inFlight()).containsExactly(creation(4));
    }

    @Test
    void whatIsInThePoolIsNoLongerComing() {
        note("t-1", Stage.BE_SEEN, "eni-00", Duration.ofSeconds(5));
        addresses.learn(List.of(Enis.eni(0, 4)), Set.of());

        assertThat(situation().inFlight()).isEmpty();
    }

    private static NetworkInterface attached(String id) {
        return new NetworkInterface(
                id,
                new MacAddress(0x0200_0000_0007L),
                "interface",
                "in-use",
                "subnet-1",
                "",
                List.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Map.of(),
                Optional.empty(),
                Optional.of(new Attachment("eni-attach-1", "i-1", 1, 2, true, NOW)));
    }
}
