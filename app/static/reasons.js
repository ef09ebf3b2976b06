// Why equipment does not work, by the codes of the agent (docs/feed.md), in the reader's words.

import { t } from "/static/i18n.js";

const REASONS = {
  nothing_sent: t("nothing sent yet"), port_missing: t("the port is not there; is the USB plug in?"),
  port_busy: t("another program uses the port"), port_denied: t("the agent may not open the port"),
  port_unsuitable: t("the port does not suit: are its path and its speed right?"), port_lost: t("the port has gone; is the USB plug in?"),
  stuck: t("the line takes nothing"), no_answer: t("does not answer"), garbled: t("answers something unknown"),
  refused: t("has refused the text"), cannot_show: t("cannot show this text"), crashed: t("the driver has failed; see the agent's log"),
  echo_missing: t("the line is disturbed: two talk at once, or the wires are loose"),
  paper_out: t("paper is out"), paper_low: t("paper is near its end"), cover_open: t("the cover is open"),
  not_open: t("not open yet"), unreadable: t("what came could not be read"), key_without_action: t("a key without an action was pressed"),
  unplugged: t("unplugged"), other_speed: t("The line is in use at another speed. Change it at the line, below, then try again."),
  not_written: t("The agent cannot write its file. See that it may, and that its disk is not full."),
  no_file: t("The agent was started without a file in which to keep its settings."),
  stopping: t("The agent is taking up a new configuration. Try again in a moment."),
  port_down: t("its cable or port is not there"), not_asked: t("not asked yet"), printer_error: t("reports a fault"),
  printer_failed: t("did not print"), too_slow: t("its line is too slow for a ticket; raise the baud rate"),
  busy: t("busy with something else"), too_late: t("a press came too late and was not sent"),
  no_line: t("the agent has no connection to the hub"), answer_lost: t("the hub did not answer; see whether it was done"),
  unreadable_answer: t("the hub's answer could not be read; update the agent"), nobody_waits: t("nobody waits for this counter"),
  echo: t("the adapter hears what it sends; set this for its line"), unseen: t("nothing shows the clerk that a press was refused"),
  bad_document: t("the agent does not understand what was asked; update it"),
  network_refused: t("the printer is off or refuses the connection"),
  network_unreachable: t("the printer cannot be reached over the network"), closed: t("the printer closed the connection"),
  unknown_question: t("this agent is older than the hub; update it"),
};

/** The reason; for a code that has no words here, the agent's own English. */
export const reasonWords = ({ code, detail }) => REASONS[code] ?? detail ?? "";
