package org.mailroom.system;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A workstation of a company: MIT's programs get tickets at its domain controller, curl shows them. */
record KerberosClient(Path home) {
    private static final String CONFIGURATION = """
            [libdefaults]
            default_realm = %1$s
            dns_lookup_kdc = false
            dns_lookup_realm = false
            dns_canonicalize_hostname = false
            rdns = false
            [realms]
            %1$s = {
              kdc = 127.0.0.1:88
            }
            [domain_realm]
            localhost = %1$s
            """.formatted(ActiveDirectory.REALM);

    /** Begins the day. */
    Program.Ended login(String principal, String password) throws Exception {
        Program.installed("kinit");
        return execute("sh", "-c", "printf '%s\\n' '" + password + "' | kinit '" + principal + "'");
    }

    /** Of mail with its ticket and nothing else; in the name of somebody, or of nobody. */
    Program.Ended curl(String url, String name, Object... more) throws Exception {
        var words = new ArrayList<Object>(List.of("-sSk", "-u", ":", "--login-options", "AUTH=GSSAPI"));
        if (!name.isEmpty()) {
            words.addAll(List.of("--sasl-authzid", name));
        }
        words.addAll(List.of(more));
        words.add(url);
        return execute("curl", words.toArray());
    }

    private Program.Ended execute(String program, Object... arguments) throws Exception {
        var words = new ArrayList<Object>(
                List.of("KRB5_CONFIG=" + configuration(), "KRB5CCNAME=FILE:" + home.resolve("tickets"), program));
        words.addAll(List.of(arguments));
        return new Program(home).execute("env", words.toArray());
    }

    private Path configuration() throws IOException {
        return Files.writeString(home.resolve("krb5.conf"), CONFIGURATION);
    }
}
