package io.patchbay.meta.cni;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.Version;
import com.fasterxml.jackson.databind.BeanDescription;
import com.fasterxml.jackson.databind.DeserializationConfig;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.Module;
import com.fasterxml.jackson.databind.SerializationConfig;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.Deserializers;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.ser.Serializers;
import io.patchbay.spi.cni.DeviceInfo;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.io.IOException;
import java.net.InetAddress;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The values of the contract as JSON: addresses, MAC addresses, devices, PCI addresses, versions
/// and instants as strings; a plugin's configuration as the tree that it is, and device information
/// as the NPWG writes it; every other record as an object of its components, see {@link
/// RecordReader}.
final class ValueTypes extends Module {
    private static final Map<Class<?>, Function<String, ?>> PARSERS =
            Map.of(
                    Cidr.class, Cidr::parse,
                    MacAddress.class, MacAddress::parse,
                    // Jackson's own reader looks names up in the DNS.
                    InetAddress.class, Cidr::address,
                    DeviceId.class, DeviceId::new,
                    PciAddress.class, PciAddress::parse,
                    CniVersion.class, ValueTypes::version,
                    Instant.class, ValueTypes::instant);

    @Override
    public String getModuleName() {
        return "patchbay-values";
    }

    @Override
    public Version version() {
        return Version.unknownVersion();
    }

    @Override
    public void setupModule(SetupContext context) {
        context.addDeserializers(new Readers());
        context.addSerializers(new Writers());
    }

    private static CniVersion version(String text) {
        return CniVersion.find(text)
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "\"" + text + "\" is no version that is spoken here"));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is no instant: write it as 2006-01-02T15:04:05Z", e);
        }
    }

    private static final class Readers extends Deserializers.Base {
        @Override
        public @Nullable JsonDeserializer<?> findBeanDeserializer(
                JavaType type, DeserializationConfig config, BeanDescription description) {
            Class<?> raw = type.getRawClass();
            Function<String, ?> parser = PARSERS.get(raw);
            if (parser != null) {
                return new TextReader(raw, parser);
            }
            if (raw == PluginConfig.class) {
                return new TreeReader<>(PluginConfig.class, PluginConfig::new);
            }
            if (raw == DeviceInfo.class) {
                return new TreeReader<>(
                        DeviceInfo.class,
                        tree -> DeviceInfoCodec.decode(JsonObject.read("a device", tree)));
            }
            return type.isRecordType() ? new RecordReader(type, config.getTypeFactory()) : null;
        }

        @Override
        public @Nullable JsonDeserializer<?> findEnumDeserializer(
                Class<?> type, DeserializationConfig config, BeanDescription description) {
            return type == CniVersion.class ? new TextReader(type, ValueTypes::version) : null;
        }

        @Override
        public boolean hasDeserializerFor(DeserializationConfig config, Class<?> type) {
            return type.isRecord() || PARSERS.containsKey(type);
        }
    }

    private static final class Writers extends Serializers.Base {
        @Override
        public @Nullable JsonSerializer<?> findSerializer(
                SerializationConfig config, JavaType type, BeanDescription description) {
            Class<?> raw = type.getRawClass();
            if (InetAddress.class.isAssignableFrom(raw)) {
                return new TextWriter(value -> Cidr.text((InetAddress) value));
            }
            if (PARSERS.containsKey(raw)) {
                return new TextWriter(Object::toString);
            }
            if (raw == PluginConfig.class) {
                return new TreeWriter(value -> ((PluginConfig) value).json());
            }
            if (DeviceInfo.class.isAssignableFrom(raw)) {
                return new TreeWriter(value -> DeviceInfoCodec.encode((DeviceInfo) value));
            }
            return type.isRecordType() ? new RecordWriter(raw) : null;
        }
    }

    private static final class TextWriter extends JsonSerializer<Object> {
        private final Function<Object, String> text;

        TextWriter(Function<Object, String> text) {
            this.text = text;
        }

        @Override
        public void serialize(Object value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            out.writeString(text.apply(value));
        }
    }

    private static final class TreeWriter extends JsonSerializer<Object> {
        private final Function<Object, ObjectNode> tree;

        TreeWriter(Function<Object, ObjectNode> tree) {
            this.tree = tree;
        }

        @Override
        public void serialize(Object value, JsonGenerator out, SerializerProvider provider)
                throws IOException {
            provider.defaultSerializeValue(tree.apply(value), out);
        }
    }
}
