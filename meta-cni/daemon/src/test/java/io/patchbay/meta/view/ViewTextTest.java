package io.patchbay.meta.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.patchbay.meta.attach.Sandbox;
import io.patchbay.spi.pod.PodRef;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ViewTextTest {
    @Test
    void allPodsAreOneTableWithASentenceOnWhatIsWrong() {
        assertThat(ViewText.ofAll(List.of(Views.view()), true))
                .isEqualTo(
                        """
                        POD         CONTAINER  INTERFACE  NETWORK          TYPE     ADDRESSES      STATE     PARENT           MAC                MTU   LINK  ROUTES                    HEALTH
                        core/amf-0  c1         eth0       core/signalling  bridge   10.20.0.10/24  attached  signalling (p1)  02:00:00:00:00:02  1500  up    default via 10.20.0.1 +1  ok
                        core/amf-0  c1         net1       core/media       macvlan  -              attached  0000:01:10.0     -                  -     -     -                         wrong
                        core/amf-0: net1: there is no such link in the pod, and ADD made one
                        core/amf-0: net1: wrong: no?[2Jlink?
                        """);
    }

    @Test
    void healthIsNoColumnWhereNobodyAsked() {
        assertThat(ViewText.ofAll(List.of(), false))
                .isEqualTo(
                        "POD  CONTAINER  INTERFACE  NETWORK  TYPE  ADDRESSES  STATE  PARENT  MAC "
                                + " MTU  LINK  ROUTES\n");
    }

    @Test
    void onePodIsShownWithAllThatIsKnownOfIt() {
        assertThat(ViewText.ofOne(Views.view()))
                .isEqualTo(
                        """
                        POD        core/amf-0
                        CONTAINER  c1
                        NAMESPACE  /run/netns/c1
                        STATE      attached

                        INTERFACE  PARENT           NETWORK          TYPE     KIND  INDEX     MAC                MTU   LINK  ADDRESSES      STATE     HEALTH  DEVICE
                        eth0       signalling (p1)  core/signalling  bridge   veth  16777216  02:00:00:00:00:02  1500  up    10.20.0.10/24  attached  ok      -
                        net1       -                core/media       macvlan  -     -         -                  -     -     -              attached  wrong   0000:01:10.0

                        ROUTE          VIA        LINK  TABLE  METRIC  SOURCE  WHERE  INTERFACE
                        default        10.20.0.1  eth0  main   -       -       pod    eth0
                        10.20.0.0/24   -          eth0  100    20      -       pod    eth0
                        10.20.0.10/32  -          p1    main   -       -       node   eth0

                        RULE  FROM           TO   INCOMING  MARK  TABLE  WHERE  INTERFACE
                        512   10.20.0.10/24  all  -         -     100    pod    eth0

                        TYPE         BINARY                    INTERFACE
                        whereabouts  /opt/cni/bin/whereabouts  net1

                        net1: there is no such link in the pod, and ADD made one
                        net1: wrong: no?[2Jlink?
                        net1: whereabouts wrote: pool is
                        net1: whereabouts wrote: nearly? full
                        """);
    }

    @Test
    void whatAPodIsCalledMovesNoCursor() {
        Sandbox sandbox =
                Views.sandbox("c1", new PodRef("core", "a\u001b]0;b\u202e\u0007", ""), List.of());
        SandboxView view = new SandboxView(sandbox, Optional.of("gone\r\n"), List.of());

        assertThat(ViewText.ofOne(view) + ViewText.ofAll(List.of(view), true))
                .contains("core/a?]0;b??", "gone??")
                .doesNotContainPattern("[\\p{Cc}\\p{Cf}&&[^\n]]");
    }

    @Test
    void aSandboxThatIsNotWholeSaysHowFarItIs() {
        Sandbox begun = Views.sandbox("c1", new PodRef("core", "amf-0", ""), List.of());
        SandboxView view = new SandboxView(begun, Optional.empty(), List.of());
        assertThat(ViewText.ofOne(view)).containsPattern("STATE +unfinished");

        Sandbox detaching =
                new Sandbox(
                        begun.plan(),
                        Optional.empty(),
                        begun.devices(),
                        List.of(),
                        true,
                        java.util.Set.of(begun.plan().attachments().getFirst().id()));
        assertThat(State.of(detaching)).hasToString("being undone");
        assertThat(begun.plan().attachments())
                .extracting(attachment -> State.of(detaching, attachment).toString())
                .containsExactly("undone", "being undone");
    }
}
