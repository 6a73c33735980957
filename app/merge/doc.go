// Package merge brings other people's pilots into one (汇总).
//
// A field of a record belongs to whoever wrote it last. When that was, is replayed
// from each pilot's journal: every write of a field is stamped with its time, and
// never earlier than what it replaced, so that a clock that is wrong cannot undo
// what somebody had in view. Merging takes, field by field, the value with the later
// stamp; equal stamps are decided by who and by the value. So it does not matter in
// which order pilots are merged, how often, or over which of them.
//
// It is a conflict when neither side had seen the other's value: both are listed,
// and a person may decide otherwise than by the stamp, which counts as a write of
// that moment. A record that one side deleted stays when the other wrote to it
// afterwards or without knowing.
//
// Records are the same when their IDs are, else when their natural keys are (code,
// unit and name …), unless one of the two pilots had both beside each other; the other
// pilot's IDs are then remembered in the MergeMark as aliases, which travel on with it.
// Merged records carry their stamps in Base.Stamp, because the journal here knows
// only when they came.
package merge
