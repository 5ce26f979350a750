package io.patchbay.examples.dpdk.frame;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The station 10.0.0.2, and what it makes of frames.
class AnswersTest {
    private static final int ADDRESS = Ipv4.parse("10.0.0.2");
    private static final Answers ANSWERS =
            new Answers(0x0200000000b2L, ADDRESS, 7, Tunnels.of(Map.of()));

    /// The memory is as long as a port gives it.
    private static byte[] room(byte[] frame) {
        return Arrays.copyOf(frame, frame.length + Answers.ROOM);
    }

    private static byte[] answer(Answers answers, byte[] frame) {
        byte[] memory = room(frame);
        int length = answers.answer(MemorySegment.ofArray(memory), frame.length);
        assertThat(length).isPositive();
        return Arrays.copyOf(memory, length);
    }

    private static int outcome(byte[] frame) {
        return ANSWERS.answer(MemorySegment.ofArray(room(frame)), frame.length);
    }

    static Stream<Arguments> questions() {
        return Stream.of(
                Arguments.of("ARP", Golden.ARP_REQUEST, Golden.ARP_REPLY),
                Arguments.of("ping", Golden.PING, Golden.PONG),
                Arguments.of("UDP", Golden.UDP, Golden.UDP_ECHO),
                Arguments.of("GTP-U echo", Golden.ECHO_REQUEST, Golden.ECHO_RESPONSE),
                Arguments.of("G-PDU", Golden.G_PDU, Golden.G_PDU_ECHO),
                Arguments.of("G-PDU of 5G", Golden.G_PDU_5G, Golden.G_PDU_5G_ECHO));
    }

    static Stream<Arguments> packets() {
        return questions().skip(1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("questions")
    void aQuestionBecomesItsAnswerToTheByte(String what, byte[] question, byte[] answer) {
        assertThat(answer(ANSWERS, question)).isEqualTo(answer);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("questions")
    void paddingBehindAQuestionIsNotAnswered(String what, byte[] question, byte[] answer) {
        assertThat(answer(ANSWERS, Arrays.copyOf(question, question.length + 9))).isEqualTo(answer);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("questions")
    void cutShortAnywhereItIsMalformed(String what, byte[] question, byte[] answer) {
        for (int length = 0; length < question.length; length++) {
            byte[] cut = Arrays.copyOf(question, length);
            assertThat(outcome(cut)).as("%d bytes", length).isEqualTo(Answers.MALFORMED);
        }
    }

    /// The IPv4 header made shorter and sealed again, so that what is above is cut short.
    @ParameterizedTest(name = "{0}")
    @MethodSource("packets")
    void cutShortInsideOfIpv4ItIsMalformedToo(String what, byte[] question, byte[] answer) {
        int protocol = question[23];
        for (int length = 34; length < question.length; length++) {
            byte[] cut = Arrays.copyOf(question, length);
            Ipv4.write(
                    MemorySegment.ofArray(cut),
                    14,
                    length - 14,
                    protocol,
                    Ipv4.parse("10.0.0.1"),
                    ADDRESS);
            assertThat(outcome(cut)).as("%d bytes", length).isEqualTo(Answers.MALFORMED);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("questions")
    void noByteChangedThrows(String what, byte[] question, byte[] answer) {
        for (int i = 0; i < question.length; i++) {
            for (int value = 0; value < 256; value++) {
                byte[] changed = question.clone();
                changed[i] = (byte) value;
                assertThat(outcome(changed))
                        .isBetween(Answers.MALFORMED, question.length + Answers.ROOM);
            }
        }
    }

    @Test
    void aBitThatFlippedUnderAChecksumIsMalformed() {
        for (byte[] question : List.of(Golden.PING, Golden.UDP, Golden.ECHO_REQUEST)) {
            byte[] changed = question.clone();
            changed[question.length - 1] ^= 1;
            assertThat(outcome(changed)).isEqualTo(Answers.MALFORMED);
        }
    }

    @Test
    void aTunnelIsAnsweredByTheOneToldForIt() {
        Answers mapped =
                new Answers(
                        ANSWERS.mac(), ADDRESS, 7, Tunnels.of(Map.of(0x11223344, 0xcafe, 5, 6)));
        assertThat(answer(mapped, Golden.G_PDU)).isEqualTo(Golden.G_PDU_ECHO_MAPPED);
    }

    @Test
    void whatIsForAnotherAddressIsIgnored() {
        Answers other = new Answers(ANSWERS.mac(), Ipv4.parse("10.0.0.3"), 7, Tunnels.of(Map.of()));
        for (byte[] frame : List.of(Golden.ARP_REQUEST, Golden.PING, Golden.G_PDU)) {
            assertThat(other.answer(MemorySegment.ofArray(room(frame)), frame.length))
                    .isEqualTo(Answers.IGNORED);
        }
    }

    @Test
    void withoutAnAddressEveryPacketIsAnsweredButNoArp() {
        Answers any = new Answers(ANSWERS.mac(), 0, 7, Tunnels.of(Map.of()));
        assertThat(answer(any, Golden.UDP)).isEqualTo(Golden.UDP_ECHO);
        byte[] arp = room(Golden.ARP_REQUEST);
        assertThat(any.answer(MemorySegment.ofArray(arp), Golden.ARP_REQUEST.length))
                .isEqualTo(Answers.IGNORED);
    }

    @Test
    void answersAreNotAnsweredAgain() {
        byte[] reply = Golden.ARP_REPLY;
        assertThat(outcome(reply)).isEqualTo(Answers.IGNORED);
        Answers peer =
                new Answers(0x0200000000a1L, Ipv4.parse("10.0.0.1"), 7, Tunnels.of(Map.of()));
        for (byte[] answer : List.of(Golden.PONG, Golden.UDP_ECHO)) {
            assertThat(peer.answer(MemorySegment.ofArray(room(answer)), answer.length))
                    .isEqualTo(Answers.IGNORED);
        }
    }
}
