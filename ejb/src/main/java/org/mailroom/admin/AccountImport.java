package org.mailroom.admin;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ejb.Stateless;
import jakarta.ejb.TransactionAttribute;
import jakarta.ejb.TransactionAttributeType;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.mailroom.admin.AdminException.Kind;
import org.mailroom.directory.Accounts;
import org.mailroom.directory.Domains;
import org.mailroom.directory.MailAddress;
import org.mailroom.directory.MailDomain;
import org.mailroom.directory.Redirections;
import org.mailroom.directory.Secret;

/** Accounts from a table, as a spreadsheet saves it. */
@Stateless
@RolesAllowed({Role.ADMINISTRATOR, Role.DOMAIN_ADMINISTRATOR})
@TransactionAttribute(TransactionAttributeType.NOT_SUPPORTED)
public class AccountImport {
    /** Each costs a password hash. */
    public static final int MOST = 1000;

    /** What the columns may be called; only the first is needed. */
    public static final List<String> COLUMNS =
            List.of("address", "displayName", "password", "quotaOctets", "quotaMessages", "aliases");

    @Inject
    private Accounts accounts;

    @Inject
    private Domains domains;

    @Inject
    private Redirections redirections;

    @Inject
    private NewSecret secrets;

    @Inject
    private StateWork work;

    @Inject
    private Scope scope;

    /** One line that is as it should be. */
    private record Wish(StateRow row, @Nullable String password) {}

    /** A line, and either what it wishes or why not. */
    private record Line(
            int number, String address, @Nullable Wish wish, String refusal) {}

    /**
     * Adds what the table says.
     *
     * @param dryRun only says what would become of each line
     * @param perLine adds what can be added; else all lines or none
     */
    public List<ImportedAccount> run(String csv, boolean dryRun, boolean perLine) throws AdminException {
        var lines = lines(csv);
        boolean whole = lines.stream().allMatch(line -> line.wish() != null);
        if (dryRun || !whole && !perLine) {
            return lines.stream().map(AccountImport::said).toList();
        }
        return perLine ? oneByOne(lines) : together(lines);
    }

    private static ImportedAccount said(Line line) {
        var outcome = line.wish() == null ? ImportedAccount.REFUSED : ImportedAccount.NEW;
        return new ImportedAccount(line.number(), line.address(), outcome, line.refusal(), null);
    }

    private List<ImportedAccount> together(List<Line> lines) throws AdminException {
        var rows = new LinkedHashMap<StateRow, Secret>();
        var added = new ArrayList<ImportedAccount>();
        for (var line : lines) {
            if (line.wish() != null) {
                var fresh = secrets.make(line.wish().password());
                rows.put(line.wish().row(), fresh.secret());
                added.add(added(line, fresh));
            }
        }
        work.open(rows);
        return added;
    }

    private List<ImportedAccount> oneByOne(List<Line> lines) throws AdminException {
        var done = new ArrayList<ImportedAccount>();
        for (var line : lines) {
            if (line.wish() == null) {
                done.add(said(line));
                continue;
            }
            var fresh = secrets.make(line.wish().password());
            try {
                work.open(Map.of(line.wish().row(), fresh.secret()));
                done.add(added(line, fresh));
            } catch (AdminException refused) {
                done.add(said(new Line(line.number(), line.address(), null, refused.text())));
            }
        }
        return done;
    }

    private static ImportedAccount added(Line line, NewSecret.Fresh fresh) {
        return new ImportedAccount(line.number(), line.address(), ImportedAccount.ADDED, "", fresh.generated());
    }

    private List<Line> lines(String csv) throws AdminException {
        var table = CsvTable.parse(csv);
        if (table.size() < 2) {
            throw new AdminException(
                    Kind.INVALID,
                    "The first line names the columns, and accounts follow: " + String.join(",", COLUMNS));
        }
        if (table.size() > MOST + 1) {
            throw new AdminException(Kind.INVALID, "No more than " + MOST + " accounts at a time");
        }
        var columns = columns(table.getFirst().cells());
        var taken = new HashSet<String>();
        return table.stream().skip(1).map(row -> line(row, columns, taken)).toList();
    }

    private static List<String> columns(List<String> header) throws AdminException {
        var columns = new ArrayList<String>();
        for (var cell : header) {
            columns.add(COLUMNS.stream()
                    .filter(known -> known.toLowerCase(Locale.ROOT).equals(cell.toLowerCase(Locale.ROOT)))
                    .findFirst()
                    .orElseThrow(() -> new AdminException(
                            Kind.INVALID,
                            "There is no column \"" + cell + "\"; there are " + String.join(", ", COLUMNS))));
        }
        if (!columns.contains("address") || Set.copyOf(columns).size() != columns.size()) {
            throw new AdminException(Kind.INVALID, "One column is the address, and none stands there twice");
        }
        return columns;
    }

    private Line line(CsvTable.Row row, List<String> columns, Set<String> taken) {
        var cells = new LinkedHashMap<String, String>();
        for (int i = 0; i < Math.min(columns.size(), row.cells().size()); i++) {
            cells.put(columns.get(i), row.cells().get(i));
        }
        var address = cells.getOrDefault("address", "");
        try {
            if (row.cells().size() > columns.size()) {
                throw new AdminException(Kind.INVALID, "The line has more cells than there are columns");
            }
            return new Line(row.line(), address, wish(cells, taken), "");
        } catch (AdminException refused) {
            return new Line(row.line(), address, null, refused.text());
        }
    }

    private Wish wish(Map<String, String> cells, Set<String> taken) throws AdminException {
        var address = Texts.address(cells.getOrDefault("address", ""));
        free(address, taken);
        var name = Texts.displayName(cells.getOrDefault("displayName", ""));
        var aliases = new TreeSet<String>();
        for (var alias : cells.getOrDefault("aliases", "").split("[\\s,;]+")) {
            if (!alias.isEmpty()) {
                var other = Texts.address(alias);
                free(other, taken);
                aliases.add(other.toString());
            }
        }
        var password = cells.getOrDefault("password", "");
        if (!password.isEmpty()) {
            secrets.check(password, address, name);
        }
        var row = new StateRow().with("address", address.toString()).with("displayName", name);
        for (var quota : List.of("quotaOctets", "quotaMessages")) {
            var typed = cells.getOrDefault(quota, "");
            if (!typed.isEmpty()) {
                row.with(quota, quota(typed));
            }
        }
        return new Wish(
                aliases.isEmpty() ? row : row.with("aliases", List.copyOf(aliases)),
                password.isEmpty() ? null : password);
    }

    private static Long quota(String typed) throws AdminException {
        if (typed.matches("[1-9]\\d{0,17}")) {
            return Long.valueOf(typed);
        }
        throw new AdminException(Kind.INVALID, "A quota is a number above 0, or nothing for no limit");
    }

    private void free(MailAddress address, Set<String> taken) throws AdminException {
        scope.change(address.domain());
        if (!domains.exists(new MailDomain(address.domain()))) {
            throw new AdminException(Kind.NOT_FOUND, "There is no domain " + address.domain() + "; add it first");
        }
        if (accounts.holder(address).isPresent() || redirections.isTaken(address)) {
            throw new AdminException(Kind.CONFLICT, address + " is there already");
        }
        if (!taken.add(address.toString())) {
            throw new AdminException(Kind.CONFLICT, address + " stands there twice");
        }
    }
}
