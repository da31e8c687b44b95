package org.hauptbuch.node.json;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON by the letter of RFC 8259 and refuses a name that stands twice in an object. Values are maps, lists,
 * strings, booleans and {@link Whole} numbers; nothing in the files of a node is null or a fraction.
 */
public final class StrictJson {
    private static final int MAX_DEPTH = 16;

    private final JsonReader in;

    /**
     * A number as it is written.
     *
     * @param text its digits
     */
    public record Whole(String text) {
        @Override
        public String toString() {
            return text;
        }
    }

    private StrictJson(JsonReader in) {
        this.in = in;
    }

    /** The object that {@code text} holds. @throws IllegalArgumentException where it holds none, saying where and why */
    public static Fields object(String text, String what) {
        JsonReader in = new JsonReader(new StringReader(text));
        in.setStrictness(Strictness.STRICT);
        try {
            StrictJson json = new StrictJson(in);
            if (in.peek() != JsonToken.BEGIN_OBJECT) {
                throw new IllegalArgumentException(what + " is not a JSON object");
            }
            Object value = json.value(0);
            if (in.peek() != JsonToken.END_DOCUMENT) {
                throw new IllegalArgumentException(what + " has text after its end");
            }
            return Fields.of(what, "", value);
        } catch (MalformedJsonException | EOFException e) {
            throw new IllegalArgumentException(what + " is not JSON: " + firstSentence(e.getMessage()), e);
        } catch (IOException e) {
            throw new IllegalArgumentException(what + " cannot be read: " + e.getMessage(), e);
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException(what + ": " + firstSentence(e.getMessage()), e);
        }
    }

    private Object value(int depth) throws IOException {
        if (depth > MAX_DEPTH) {
            throw new IllegalStateException("nested more than " + MAX_DEPTH + " deep at " + in.getPath());
        }
        return switch (in.peek()) {
            case BEGIN_OBJECT -> map(depth);
            case BEGIN_ARRAY -> list(depth);
            case STRING -> in.nextString();
            case BOOLEAN -> in.nextBoolean();
            case NUMBER -> new Whole(in.nextString());
            default -> throw new IllegalStateException("null is not allowed at " + in.getPath());
        };
    }

    private Map<String, Object> map(int depth) throws IOException {
        Map<String, Object> values = new LinkedHashMap<>();
        in.beginObject();
        while (in.hasNext()) {
            String name = in.nextName();
            if (values.containsKey(name)) {
                throw new IllegalStateException("a name stands twice: " + in.getPath());
            }
            values.put(name, value(depth + 1));
        }
        in.endObject();
        return values;
    }

    private List<Object> list(int depth) throws IOException {
        List<Object> values = new ArrayList<>();
        in.beginArray();
        while (in.hasNext()) {
            values.add(value(depth + 1));
        }
        in.endArray();
        return values;
    }

    private static String firstSentence(String message) {
        // the reader adds a line with a link to its own documentation
        return String.valueOf(message).lines().findFirst().orElse("");
    }
}
