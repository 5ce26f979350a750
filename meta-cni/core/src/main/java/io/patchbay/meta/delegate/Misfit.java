package io.patchbay.meta.delegate;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.patchbay.meta.cni.Json;
import io.patchbay.spi.cni.CniException;
import io.patchbay.spi.cni.ErrorCode.Standard;
import io.patchbay.spi.device.DeviceId;
import io.patchbay.spi.device.PciAddress;
import io.patchbay.spi.net.Cidr;
import io.patchbay.spi.net.MacAddress;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// A JSON object that does not fit its record, in words for whoever wrote it.
///
/// @param prefix the keys that lead to the object, each with a dot behind it
record Misfit(String where, String prefix, ObjectNode json, JsonMappingException failure) {
    private static final int MOST_SHOWN = 80;
    private static final String A_NUMBER = "a whole number";
    private static final Set<Class<?>> WRITTEN_AS_TEXT =
            Set.of(Cidr.class, MacAddress.class, DeviceId.class, PciAddress.class);

    CniException refusal() {
        return switch (failure) {
            case UnrecognizedPropertyException unknown -> unknown(unknown);
            case ValueInstantiationException refused -> refused(refused);
            case InvalidFormatException bad when bad.getTargetType().isEnum() -> notOneOf(bad);
            case MismatchedInputException mismatch -> mismatch(mismatch);
            default ->
                    new CniException(
                            Standard.UNDECODABLE,
                            "%s, key \"%s\": %s is expected, not %s"
                                    .formatted(
                                            where, key(), failure.getOriginalMessage(), found()));
        };
    }

    private CniException unknown(UnrecognizedPropertyException unknown) {
        List<String> known = unknown.getKnownPropertyIds().stream().map(String::valueOf).toList();
        String hint =
                Spelling.nearest(unknown.getPropertyName(), known)
                        .map(near -> "did you mean \"" + near + "\"?")
                        .orElseGet(() -> keys(known));
        return new CniException(
                Standard.UNSUPPORTED_FIELD,
                "%s, key \"%s\": it is unknown, with %s: %s"
                        .formatted(where, key(), found(), hint));
    }

    private static String keys(Collection<String> known) {
        return known.isEmpty()
                ? "there are no keys here"
                : "the keys here are " + String.join(", ", known);
    }

    private CniException refused(ValueInstantiationException refused) {
        String place = key().isEmpty() ? where : "%s, key \"%s\"".formatted(where, key());
        return CniException.invalidConfig(place + ": " + refused.getOriginalMessage());
    }

    private CniException notOneOf(InvalidFormatException bad) {
        String words =
                Arrays.stream(bad.getTargetType().getEnumConstants())
                        .map(word -> String.valueOf(word).toLowerCase(Locale.ROOT))
                        .collect(Collectors.joining(", "));
        return CniException.invalidConfig(
                "%s, key \"%s\": %s is none of %s".formatted(where, key(), found(), words));
    }

    private CniException mismatch(MismatchedInputException mismatch) {
        if (expected(mismatch.getTargetType()).equals(A_NUMBER) && node().isIntegralNumber()) {
            return CniException.invalidConfig(
                    "%s, key \"%s\": %s is out of range".formatted(where, key(), found()));
        }
        return new CniException(
                Standard.UNDECODABLE,
                "%s, key \"%s\": %s is expected, not %s"
                        .formatted(where, key(), expected(mismatch.getTargetType()), found()));
    }

    private static String expected(Class<?> raw) {
        if (Collection.class.isAssignableFrom(raw)) {
            return "a list";
        }
        if ((raw.isRecord() && !WRITTEN_AS_TEXT.contains(raw)) || Map.class.isAssignableFrom(raw)) {
            return "an object";
        }
        if (raw == boolean.class || raw == Boolean.class) {
            return "true or false";
        }
        return raw.isPrimitive() || Number.class.isAssignableFrom(raw) ? A_NUMBER : "a string";
    }

    private String key() {
        StringBuilder key = new StringBuilder(prefix);
        for (JsonMappingException.Reference step : failure.getPath()) {
            if (step.getFieldName() == null) {
                key.append('[').append(step.getIndex()).append(']');
            } else {
                boolean inside = !key.isEmpty() && key.charAt(key.length() - 1) != '.';
                key.append(inside ? "." : "").append(step.getFieldName());
            }
        }
        boolean whole = !key.isEmpty() && key.charAt(key.length() - 1) == '.';
        return whole ? key.substring(0, key.length() - 1) : key.toString();
    }

    private JsonNode node() {
        JsonNode node = json;
        for (JsonMappingException.Reference step : failure.getPath()) {
            node =
                    step.getFieldName() == null
                            ? node.path(step.getIndex())
                            : node.path(step.getFieldName());
        }
        return node;
    }

    private String found() {
        JsonNode node = node();
        String text = node.isMissingNode() ? "nothing" : Json.text(node);
        return text.length() <= MOST_SHOWN ? text : text.substring(0, MOST_SHOWN) + "...";
    }
}
