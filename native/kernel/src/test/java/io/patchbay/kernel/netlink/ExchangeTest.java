package io.patchbay.kernel.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExchangeTest {
    private static final int LINK = 16;
    private static final int ENODEV = 19;

    private final List<Message> replies = new ArrayList<>();
    private final Exchange exchange = new Exchange(40, 3, replies::add);

    private static ByteBuffer octets(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }

    private static Message error(int sequence, int errno) {
        return new Message(Nlm.TYPE_ERROR, Nlm.CAPPED, sequence, octets(20).putInt(0, -errno));
    }

    @Test
    void itIsCompleteWhenEveryMessageHasEnded() {
        exchange.accept(error(40, 0));
        exchange.accept(error(41, 0));
        assertThat(exchange.complete()).isFalse();
        exchange.accept(new Message(Nlm.TYPE_DONE, 0, 42, octets(4)));
        assertThat(exchange.complete()).isTrue();
        assertThat(exchange.firstRefusal()).isEmpty();
    }

    @Test
    void theFirstRefusalIsTheFirstInTheOrderSent() {
        exchange.accept(error(42, 17));
        exchange.accept(error(41, ENODEV));
        assertThat(exchange.firstRefusal()).contains(new Refusal(1, ENODEV, ""));
    }

    @Test
    void answersToAnotherExchangeAreNotHeard() {
        exchange.accept(error(39, ENODEV));
        exchange.accept(new Message(LINK, 0, 43, octets(16)));
        assertThat(exchange.firstRefusal()).isEmpty();
        assertThat(replies).isEmpty();
    }

    @Test
    void aDumpThatWasInterruptedSaysSo() {
        exchange.accept(new Message(LINK, 0, 40, octets(16)));
        assertThat(exchange.interrupted()).isFalse();
        exchange.accept(new Message(Nlm.TYPE_DONE, Nlm.DUMP_INTR, 40, octets(4)));
        assertThat(exchange.interrupted()).isTrue();
        assertThat(replies).hasSize(1);
    }

    @Test
    void aDumpThatEndsInAnErrorIsRefused() {
        exchange.accept(new Message(Nlm.TYPE_DONE, 0, 40, octets(4).putInt(0, -ENODEV)));
        assertThat(exchange.firstRefusal()).contains(new Refusal(0, ENODEV, ""));
    }

    @Test
    void theKernelsWordsStandBehindTheRequestThatItRepeats() {
        ByteBuffer payload = octets(20 + 16 + 8);
        payload.putInt(0, -22).putInt(4, 32); // the request had 32 octets, 16 of them its header
        payload.putShort(36, (short) 7).putShort(38, (short) 1).put(40, new byte[] {'n', 'o', 0});
        Message told = new Message(Nlm.TYPE_ERROR, Nlm.ACK_TLVS, 40, payload);
        assertThat(Refusal.ofError(0, told)).isEqualTo(new Refusal(0, 22, "no"));
    }
}
