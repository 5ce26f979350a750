package io.patchbay.kernel.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class MessageWriterTest {
    @Test
    void messagesStandOneBehindTheOtherAndAreNumberedUpwards() {
        try (MessageWriter writer = new MessageWriter(9)) {
            writer.begin(16, 5).putU32(1).string(3, "a");
            writer.begin(17, 6).putU32(2);
            List<Message> messages = Message.split(writer.finish());
            assertThat(messages).extracting(Message::type).containsExactly(16, 17);
            assertThat(messages).extracting(Message::flags).containsExactly(5, 6);
            assertThat(messages).extracting(Message::sequence).containsExactly(9, 10);
        }
    }

    @Test
    void whatIsWrittenIsReadBack() {
        try (MessageWriter writer = new MessageWriter(1)) {
            writer.begin(16, 0);
            writer.nest(18, () -> writer.u8(1, 0xfe).u16(2, 0xfffe).u32(3, -2).string(4, "x"));
            writer.u16BigEndian(5, 0x8100);
            Attributes outer = Message.split(writer.finish()).getFirst().attributes(0);
            assertThat(outer.next()).isTrue();
            Attributes inner = outer.nested();
            assertThat(inner.next()).isTrue();
            assertThat(inner.u8()).isEqualTo(0xfe);
            assertThat(inner.next()).isTrue();
            assertThat(inner.u16()).isEqualTo(0xfffe);
            assertThat(inner.next()).isTrue();
            assertThat(inner.u32()).isEqualTo(-2);
            assertThat(inner.next()).isTrue();
            assertThat(inner.string()).isEqualTo("x");
            assertThat(inner.next()).isFalse();
            assertThat(outer.next()).isTrue();
            assertThat(outer.bytes()).containsExactly(0x81, 0);
        }
    }

    @Test
    void itGrowsBeyondTheMemoryItStartedWith() {
        try (MessageWriter writer = new MessageWriter(1)) {
            for (int i = 0; i < 5000; i++) {
                writer.begin(16, 0).putU32(i).string(3, "link" + i);
            }
            List<Message> messages = Message.split(writer.finish());
            assertThat(messages).hasSize(5000);
            assertThat(messages.getLast().payload().getInt(0)).isEqualTo(4999);
        }
    }

    @Test
    void anAttributeThatIsTooLongIsRefused() {
        try (MessageWriter writer = new MessageWriter(1)) {
            writer.begin(16, 0);
            assertThatThrownBy(() -> writer.bytes(2, ByteBuffer.allocate(65532)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("65532");
        }
    }
}
