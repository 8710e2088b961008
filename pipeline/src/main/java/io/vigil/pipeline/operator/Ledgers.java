package io.vigil.pipeline.operator;

import io.vigil.connectors.video.StreamNotice;
import io.vigil.events.StreamEvent.Ledger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What has become of the frames of each stream's session, while it runs.
 *
 * <p>After a restore a stream may go on in another subtask, so every subtask gets every entry. Then
 * each writes the entries it has counted on, one subtask also those that nobody has, and of several
 * copies of an entry the highest counts are the latest. A session that ends leaves a mark, where
 * there may be such a copy, until the next restore.
 */
final class Ledgers {

  private record Key(String streamId, String session) {}

  private static final class Account {
    private final boolean inherited;
    private final SortedMap<String, Long> dropped = new TreeMap<>();
    private final SortedMap<String, Long> failed = new TreeMap<>();
    private long detected;
    private boolean touched;
    private boolean ended;

    Account(boolean inherited) {
      this.inherited = inherited;
    }

    LedgerEntry entry(Key key) {
      return new LedgerEntry(key.streamId, key.session, detected, dropped, failed, ended);
    }
  }

  private final Map<Key, Account> accounts = new LinkedHashMap<>();

  void restore(Iterable<LedgerEntry> copies) {
    var entries = new LinkedHashMap<Key, LedgerEntry>();
    copies.forEach(
        copy -> entries.merge(new Key(copy.streamId(), copy.session()), copy, LedgerEntry::merge));
    entries.values().removeIf(LedgerEntry::ended);
    entries.forEach(
        (key, entry) -> {
          var account = new Account(true);
          account.detected = entry.detected();
          account.dropped.putAll(entry.dropped());
          account.failed.putAll(entry.failed());
          accounts.put(key, account);
        });
  }

  /**
   * @param withUntouched whether this is the subtask that writes the entries nobody counted on
   */
  List<LedgerEntry> snapshot(boolean withUntouched) {
    var entries = new ArrayList<LedgerEntry>();
    accounts.forEach(
        (key, account) -> {
          if (account.touched || withUntouched) {
            entries.add(account.entry(key));
          }
        });
    return entries;
  }

  void detected(String streamId, String session) {
    account(streamId, session).detected++;
  }

  void dropped(String streamId, String session, String reason) {
    account(streamId, session).dropped.merge(reason, 1L, Long::sum);
  }

  void failed(String streamId, String session, String stage) {
    account(streamId, session).failed.merge(stage, 1L, Long::sum);
  }

  /** The reader's counts and those made here together; after the session's end they are dropped. */
  Ledger ledger(StreamNotice notice) {
    var account = account(notice.streamId(), notice.session());
    var ledger =
        new Ledger(
            notice.decoded(),
            account.detected,
            sum(notice.dropped(), account.dropped),
            sum(notice.failed(), account.failed));
    if (endsSession(notice.kind())) {
      end(new Key(notice.streamId(), notice.session()), account);
    }
    return ledger;
  }

  private static SortedMap<String, Long> sum(
      SortedMap<String, Long> inReader, SortedMap<String, Long> here) {
    var sum = new TreeMap<>(inReader);
    here.forEach((reason, count) -> sum.merge(reason, count, Long::sum));
    return sum;
  }

  private static boolean endsSession(StreamNotice.Kind kind) {
    return switch (kind) {
      case ENDED, FAILED, REFUSED -> true;
      case CONNECTED, RECONNECTED, STALLED, GAP -> false;
    };
  }

  private void end(Key key, Account account) {
    account.ended = true;
    if (!account.inherited) {
      accounts.remove(key);
    }
  }

  private Account account(String streamId, String session) {
    var account = accounts.computeIfAbsent(new Key(streamId, session), key -> new Account(false));
    account.touched = true;
    return account;
  }
}
