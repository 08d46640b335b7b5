package org.mailroom.web.site;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.servlet.ServletContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Addresses of style and scripts that change with their content, so that browsers may keep them for ever. */
@Named
@ApplicationScoped
public class Assets {
    @Inject
    private ServletContext application;

    private final Map<String, String> addresses = new ConcurrentHashMap<>();

    public String of(String name) {
        return addresses.computeIfAbsent(
                name, asset -> application.getContextPath() + "/assets/" + asset + "?v=" + mark(asset));
    }

    private String mark(String asset) {
        try (var content = application.getResourceAsStream("/assets/" + asset)) {
            var digest = MessageDigest.getInstance("SHA-256").digest(content.readAllBytes());
            return HexFormat.of().formatHex(digest, 0, 6);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
