package io.patchbay.meta.cni;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.cfg.CoercionAction;
import com.fasterxml.jackson.databind.cfg.CoercionInputShape;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.type.LogicalType;
import io.patchbay.spi.Argument;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// The one way in and out of JSON text. It is strict: a key that stands twice, text behind the
/// value, and a number where a string is expected are refused, and no digit of a number is lost.
public final class Json {
    // What comes from outside is put into larger documents, which have to be written and read too.
    private static final int DEEPEST_OUTSIDE = 500;
    private static final ObjectMapper OUTSIDE = mapper(DEEPEST_OUTSIDE);
    private static final ObjectMapper MAPPER = mapper(StreamReadConstraints.DEFAULT_MAX_DEPTH);

    private static final ClassValue<Set<String>> KEYS =
            new ClassValue<>() {
                @Override
                protected Set<String> computeValue(Class<?> type) {
                    return Arrays.stream(type.getRecordComponents())
                            .map(Component::key)
                            .collect(Collectors.toUnmodifiableSet());
                }
            };

    private static final ClassValue<Set<String>> ARGUMENTS =
            new ClassValue<>() {
                @Override
                protected Set<String> computeValue(Class<?> type) {
                    return Arrays.stream(type.getRecordComponents())
                            .filter(part -> part.isAnnotationPresent(Argument.class))
                            .map(Component::key)
                            .collect(Collectors.toUnmodifiableSet());
                }
            };

    private Json() {}

    private static ObjectMapper mapper(int depth) {
        return JsonMapper.builder(
                        JsonFactory.builder()
                                .streamReadConstraints(
                                        StreamReadConstraints.builder()
                                                .maxNestingDepth(depth)
                                                .build())
                                .build())
                .addModule(new ValueTypes())
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .enable(DeserializationFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
                .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .defaultSetterInfo(JsonSetter.Value.forContentNulls(Nulls.FAIL))
                .withCoercionConfig(
                        LogicalType.Textual,
                        text -> {
                            text.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                            text.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                            text.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
                        })
                .build();
    }

    /// The mapper itself, with {@link ValueTypes}. Nobody configures it further.
    public static ObjectMapper mapper() {
        return MAPPER;
    }

    /// The keys that a record's components have.
    public static Set<String> keys(Class<? extends Record> type) {
        return KEYS.get(type);
    }

    /// Those of them that are an {@link Argument}.
    public static Set<String> arguments(Class<? extends Record> type) {
        return ARGUMENTS.get(type);
    }

    public static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /// Reads text from outside, of a depth that leaves room around it. Code 6 where it is no JSON,
    /// with the line and the column.
    ///
    /// @param what names the text in the refusal, such as `stdin`
    public static JsonNode decode(String what, String text) {
        JsonNode node;
        try {
            node = OUTSIDE.readTree(text);
        } catch (JsonProcessingException e) {
            throw undecodable(what, e);
        } catch (NumberFormatException e) {
            // Jackson lets it through for an exponent of more than ten digits.
            throw new CniException(
                    Standard.UNDECODABLE,
                    what + " is no JSON: it holds a number without bounds",
                    e);
        }
        if (node.isMissingNode()) {
            throw new CniException(Standard.UNDECODABLE, what + " is empty: JSON is expected");
        }
        return node;
    }

    /// As {@link #decode(String, String)}, from UTF-8.
    public static JsonNode decode(String what, byte[] text) {
        return decode(what, new String(text, StandardCharsets.UTF_8));
    }

    /// As {@link #decode(String, String)}, where only an object will do.
    public static ObjectNode decodeObject(String what, String text) {
        return JsonObject.read(what, decode(what, text)).json();
    }

    public static String text(JsonNode node) {
        try {
            return MAPPER.writeValueAsString(node);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] bytes(JsonNode node) {
        return text(node).getBytes(StandardCharsets.UTF_8);
    }

    private static CniException undecodable(String what, JsonProcessingException e) {
        // Jackson adds where it believes the object began, at length.
        String reason = e.getOriginalMessage().split("\n| \\(start marker", 2)[0];
        var place = e.getLocation();
        String where =
                place == null
                        ? ""
                        : " at line %d, column %d"
                                .formatted(place.getLineNr(), place.getColumnNr());
        return new CniException(
                Standard.UNDECODABLE, "%s is no JSON: %s%s".formatted(what, reason, where));
    }
}
