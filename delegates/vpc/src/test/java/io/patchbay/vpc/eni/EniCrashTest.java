package io.patchbay.vpc.eni;

import static io.patchbay.vpc.eni.EniWorks.wanted;
import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.vpc.eni.CloudException.Reason;
import io.patchbay.vpc.eni.EniNote.Stage;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A process that dies between any two steps, a step being a call of EC2 or a change of a note.
class EniCrashTest {
    private static final List<String> CALLS =
            List.of("create", "attach", "deleteOnTermination", "detach", "delete", "attachedTo");
    private static final List<Reason> PASSING =
            List.of(Reason.SILENT, Reason.THROTTLED, Reason.BUSY, Reason.NOT_FOUND);

    private final Mortality mortality = new Mortality();
    private final LedgerEc2 ec2 = new LedgerEc2(mortality);
    private final KeptNotes<EniNote> notes = new KeptNotes<>(mortality);
    private final HandTime time = new HandTime();

    record Death(int step, boolean afterEffect) {}

    // One step beyond the last of either: there it lives.
    static Stream<Death> deaths() {
        return IntStream.rangeClosed(1, 12)
                .boxed()
                .flatMap(step -> Stream.of(new Death(step, false), new Death(step, true)));
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void aConstructionIsFinishedOrNeverBegun(Death death) {
        boolean died = dies(death, () -> works().construction.run(wanted("t-1"), 0));
        assertThat(works().recovery.run()).isEmpty();
        assertThat(works().recovery.run()).isEmpty();
        // Without a note nothing was called.
        assertThat(ec2.secondaries()).hasSize(notes.all().size());
        assertThat(notes.all().isEmpty()).isEqualTo(died && death.step <= 2 && !noted(death));
        assertWhole();
    }

    private static boolean noted(Death death) {
        return death.step == 2 && death.afterEffect;
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void aDemolitionIsFinishedOrNeverBegun(Death death) {
        EniNote made = works().construction.run(wanted("t-1"), 0);
        works().intents.confirm(Set.of(made.eni()), _ -> true);
        NetworkInterface eni = ec2.secondaries().getFirst();
        dies(death, () -> works().demolition.run(eni));
        assertThat(works().recovery.run()).isEmpty();
        assertThat(notes.all()).isEmpty();
        boolean begun = death.step > 1 || death.afterEffect;
        assertThat(ec2.secondaries()).hasSize(begun ? 0 : 1);
        assertWhole();
    }

    @Test
    void theStepsAreAsManyAsTheDeathsTry() {
        int before = mortality.steps();
        works().construction.run(wanted("t-1"), 0);
        assertThat(mortality.steps() - before).isBetween(6, 11);
    }

    @Test
    void nothingIsLeakedWhereverManyProcessesDie() {
        for (long seed = 0; seed < 400; seed++) {
            new EniCrashTest().liveAndDie(new Random(seed), seed);
        }
    }

    private void liveAndDie(Random random, long seed) {
        for (int life = 0; life < 12; life++) {
            for (int i = random.nextInt(3); i > 0; i--) {
                failOnce(random);
            }
            String token = "t-" + life;
            dies(
                    new Death(1 + random.nextInt(20), random.nextBoolean()),
                    () -> live(random, token));
        }
        ec2.forgetFailures();
        assertThat(works().recovery.run()).as("seed %d", seed).isEmpty();
        works().intents.confirm(attached(), _ -> true);
        assertThat(notes.all()).as("seed %d", seed).isEmpty();
        assertWhole();
    }

    /// A refusal is one before the effect. What is not found at a creation was not there before,
    /// and what is said to be gone again and again is.
    private void failOnce(Random random) {
        String call = CALLS.get(random.nextInt(CALLS.size()));
        boolean certain = call.equals("create") || call.equals("delete");
        Reason reason = PASSING.get(random.nextInt(certain ? 2 : PASSING.size()));
        ec2.fail(call, reason, reason == Reason.SILENT && random.nextBoolean());
    }

    private void live(Random random, String token) {
        EniWorks works = works();
        works.recovery.run();
        works.intents.confirm(random.nextBoolean() ? attached() : Set.of(), _ -> true);
        try {
            if (random.nextInt(3) > 0 || ec2.secondaries().isEmpty()) {
                works.construction.run(wanted(token), random.nextInt(2));
            } else {
                List<NetworkInterface> off =
                        ec2.secondaries().stream()
                                .filter(eni -> eni.attachment().isPresent())
                                .toList();
                if (!off.isEmpty()) {
                    works.demolition.run(off.get(random.nextInt(off.size())));
                }
            }
        } catch (CloudException e) {
            // Told to fail; what becomes of it is seen at the end.
            time.pass(Duration.ofSeconds(1));
        }
    }

    private Set<String> attached() {
        return ec2.secondaries().stream()
                .filter(eni -> eni.attachment().isPresent())
                .map(NetworkInterface::id)
                .collect(Collectors.toSet());
    }

    /// Everything is attached, once, for good.
    private void assertWhole() {
        assertThat(ec2.secondaries())
                .allSatisfy(eni ->
                        assertThat(eni.attachment())
                                .hasValueSatisfying(
                                        at -> assertThat(at.deleteOnTermination()).isTrue()));
        assertThat(notes.all().values())
                .allSatisfy(note -> assertThat(note.stage()).isEqualTo(Stage.BE_SEEN));
        assertThat(ec2.secondaries())
                .extracting(eni -> eni.attachment().map(at -> at.card() + "/" + at.device()))
                .doesNotHaveDuplicates();
    }

    private boolean dies(Death death, Runnable life) {
        mortality.dieAt(death.step, death.afterEffect);
        try {
            life.run();
            return false;
        } catch (Mortality.Killed e) {
            return true;
        } finally {
            mortality.live();
        }
    }

    private EniWorks works() {
        return new EniWorks(ec2, notes, time);
    }
}
