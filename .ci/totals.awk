# Sums xunit's results over concatenated .trx files; names each skipped test with its reason, ends with the totals.
function attribute(name,    value) {
    if (!match($0, " " name "=\"[^\"]*\"")) return ""
    value = substr($0, RSTART + length(name) + 3, RLENGTH - length(name) - 4)
    return plain(value)
}
function plain(text) {
    gsub(/&lt;/, "<", text); gsub(/&gt;/, ">", text); gsub(/&quot;/, "\"", text); gsub(/&#xD;|&#xA;/, " ", text); gsub(/&amp;/, "\\&", text)
    return text
}
function report() {
    if (skipped_test != "") print "skipped: " skipped_test ": " (reason == "" ? "no reason given" : reason)
    skipped_test = reason = ""
}
/<UnitTestResult / {
    report()
    outcome = attribute("outcome")
    if (outcome == "Passed") passed++
    else if (outcome == "NotExecuted") { skipped++; skipped_test = attribute("testName") }
    else failed++
}
/<\/Results>/ { report() }
skipped_test != "" && /<(StdOut|Message)>/ {
    text = $0
    sub(/.*<(StdOut|Message)>/, "", text); sub(/<\/(StdOut|Message)>.*/, "", text)
    reason = plain(text)
}
END { printf "%d passed, %d failed, %d skipped\n", passed, failed, skipped }
