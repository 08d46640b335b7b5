package org.mailroom.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * The server's own configuration file, written while the server is down. Only for what has to hold before its first breath:
 * ports, addresses, options of the JVM and the broker's password. All else is asadmin's, by the scripts.
 */
final class DomainXml {
    private final Path file;
    private final Document document;
    private final Element config;

    private DomainXml(Path file, Document document) {
        this.file = file;
        this.document = document;
        this.config = find(document.getDocumentElement(), "config", "name", "server-config");
    }

    static DomainXml read(Path file) {
        try {
            return new DomainXml(
                    file,
                    DocumentBuilderFactory.newDefaultInstance()
                            .newDocumentBuilder()
                            .parse(file.toFile()));
        } catch (IOException | SAXException | ParserConfigurationException e) {
            throw new Trouble("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    /** Where a listener of HTTP listens; the port 0 closes it. */
    DomainXml listener(String name, String address, int port) {
        var listener = find(config, "network-listener", "name", name);
        listener.setAttribute("address", address);
        listener.setAttribute("enabled", String.valueOf(port != 0));
        if (port != 0) {
            listener.setAttribute("port", String.valueOf(port));
        }
        return this;
    }

    DomainXml certificate(String protocol, String alias) {
        child(find(config, "protocol", "name", protocol), "ssl").setAttribute("cert-nickname", alias);
        return this;
    }

    DomainXml orb(LoopbackPorts ports) {
        var numbers = Map.of("orb-listener-1", ports.orb(), "SSL", ports.orbTls(), "SSL_MUTUALAUTH", ports.orbMutual());
        numbers.forEach((id, port) -> {
            var listener = find(config, "iiop-listener", "id", id);
            listener.setAttribute("address", "127.0.0.1");
            listener.setAttribute("port", port.toString());
        });
        var jmx = find(config, "jmx-connector", "name", "system");
        jmx.setAttribute("address", "127.0.0.1");
        jmx.setAttribute("port", String.valueOf(ports.jmx()));
        return this;
    }

    DomainXml dataGrid(int port) {
        var grid = child(document.getDocumentElement(), "hazelcast-runtime-configuration");
        grid.setAttribute("das-port", String.valueOf(port));
        grid.setAttribute("start-port", String.valueOf(port + 1));
        return this;
    }

    /**
     * Which broker; without this element there would be one inside the server that listens everywhere and takes the password
     * "guest".
     */
    DomainXml broker(Broker broker, String adminPassword) {
        var service = child(config, "jms-service");
        service.setAttribute("type", broker.isInside() ? "EMBEDDED" : "REMOTE");
        service.setAttribute("default-jms-host", "default_JMS_host");
        var host = child(service, "jms-host");
        host.setAttribute("name", "default_JMS_host");
        host.setAttribute("host", broker.host());
        host.setAttribute("port", String.valueOf(broker.port()));
        host.setAttribute("admin-user-name", broker.isInside() ? "admin" : broker.user());
        host.setAttribute("admin-password", broker.isInside() ? adminPassword : broker.password());
        return this;
    }

    /** Leaves an application asleep at the next start; nothing where it was never deployed. */
    DomainXml asleep(String application) {
        var references = document.getElementsByTagName("application-ref");
        for (int i = 0; i < references.getLength(); i++) {
            if (references.item(i) instanceof Element element
                    && element.getAttribute("ref").equals(application)) {
                element.setAttribute("enabled", "false");
            }
        }
        return this;
    }

    /** Replaces the options of the JVM that the predicate names. */
    DomainXml options(Predicate<String> old, List<String> fresh) {
        var java = child(config, "java-config");
        for (var option : children(java, "jvm-options")) {
            var text = option.getTextContent().strip();
            if (old.test(text) || fresh.contains(text)) {
                java.removeChild(option);
            }
        }
        fresh.forEach(text -> {
            var option = document.createElement("jvm-options");
            option.setTextContent(text);
            java.appendChild(option);
        });
        return this;
    }

    void save() {
        try {
            var transformer = TransformerFactory.newDefaultInstance().newTransformer();
            transformer.setOutputProperty(OutputKeys.ENCODING, "UTF-8");
            var text = new java.io.StringWriter();
            transformer.transform(new DOMSource(document), new StreamResult(text));
            Secrets.write(file, text.toString());
        } catch (TransformerException e) {
            throw new Trouble("cannot write " + file + ": " + e.getMessage(), e);
        }
    }

    /** The only child of that name; made where it is missing. */
    private Element child(Element parent, String name) {
        var present = children(parent, name);
        if (!present.isEmpty()) {
            return present.getFirst();
        }
        var fresh = document.createElement(name);
        parent.appendChild(fresh);
        return fresh;
    }

    private static List<Element> children(Element parent, String name) {
        var elements = new ArrayList<Element>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                elements.add(element);
            }
        }
        return elements;
    }

    private static Element find(Element below, String name, String attribute, String value) {
        var candidates = below.getElementsByTagName(name);
        for (int i = 0; i < candidates.getLength(); i++) {
            if (candidates.item(i) instanceof Element element
                    && element.getAttribute(attribute).equals(value)) {
                return element;
            }
        }
        throw new Trouble("the server's domain.xml has no " + name + " \"" + value
                + "\". Move the folder server of the home away to have it made anew.");
    }
}
