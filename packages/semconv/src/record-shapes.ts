import type { RecordName } from './records.ts';
import type { Shape } from './shape.ts';

/** The shapes of all records: what their schemas say, readable without zod. Generated; do not edit. */
export const recordShapes: Readonly<Record<RecordName, Shape>> = {
 "compact.run": {
  "members": {
   "schema_version": "ordinal",
   "id": "text",
   "session_id": "text",
   "call_index": "count",
   "sequence": "count",
   "dialect?": "text",
   "model?": "text",
   "agent?": "text",
   "trigger": [
    "threshold",
    "manual",
    "overflow",
    "idle",
    "provider"
   ],
   "rule?": "text",
   "phase": "text",
   "outcome": [
    "compacted",
    "noop_below",
    "noop_nothing",
    "pruned_only",
    "restored",
    "fallback",
    "inflated",
    "empty",
    "invalid",
    "timeout",
    "aborted",
    "stale",
    "futile",
    "irreducible",
    "failed"
   ],
   "advice?": "text",
   "attempts": "count",
   "steps?": {
    "list": "text"
   },
   "reapplied": [
    "none",
    "applied",
    "missed"
   ],
   "window": {
    "members": {
     "limit": "count",
     "reserve": "count",
     "trigger": "count",
     "target": "count"
    }
   },
   "tokens": {
    "members": {
     "kept": "count",
     "protected": "count",
     "trimmed": "count",
     "cleared": "count",
     "summarized": "count",
     "dropped": "count",
     "basis": [
      "provider",
      "tokenizer",
      "estimate"
     ],
     "before": "count",
     "after": "count",
     "fixed": "count",
     "stayed": "count",
     "inserted": "count"
    }
   },
   "count": {
    "members": {
     "kept": "count",
     "protected": "count",
     "trimmed": "count",
     "cleared": "count",
     "summarized": "count",
     "dropped": "count",
     "before": "count",
     "after": "count",
     "inserted": "count"
    }
   },
   "before": {
    "keys": [
     "system",
     "developer",
     "tools",
     "protected",
     "summary",
     "user",
     "assistant",
     "reasoning",
     "tool_calls",
     "tool_results",
     "other"
    ],
    "values": "count"
   },
   "after": {
    "keys": [
     "system",
     "developer",
     "tools",
     "protected",
     "summary",
     "user",
     "assistant",
     "reasoning",
     "tool_calls",
     "tool_results",
     "other"
    ],
    "values": "count"
   },
   "splice?": {
    "members": {
     "index": "count",
     "removed": "count",
     "inserted": "count"
    }
   },
   "prefix?": {
    "members": {
     "tokens_kept": "count"
    }
   },
   "coverage": {
    "members": {
     "seen": "count",
     "visible": "count",
     "summarized": "count",
     "dropped": "count"
    }
   },
   "thrash?": {
    "members": {
     "signals": {
      "list": "text"
     },
     "breaker": [
      "closed",
      "open",
      "half_open"
     ],
     "compactions": "count",
     "calls": "count",
     "retry_at_call": "count"
    }
   },
   "cache?": {
    "members": {
     "state": [
      "warm",
      "cold",
      "unknown"
     ],
     "reason": "text",
     "epoch": "count",
     "prefix_tokens": "count",
     "rewritten_tokens": "count",
     "break_even_calls?": "count"
    }
   },
   "cost?": {
    "members": {
     "currency": "text",
     "price_version?": "text",
     "before?": "amount",
     "after?": "amount",
     "saved_per_call?": "number",
     "summary?": "amount"
    }
   },
   "overflow?": {
    "members": {
     "attempt": "count",
     "step": "text",
     "pattern?": "text",
     "limit?": "count",
     "actual?": "count",
     "output?": "count"
    }
   },
   "calibration?": {
    "members": {
     "scale": "positive",
     "uncertainty": "amount",
     "estimate?": "count",
     "actual?": "count",
     "error?": "number"
    }
   },
   "summary?": {
    "members": {
     "id": "text",
     "version": "count",
     "parent_id?": "text",
     "tokens": "count",
     "digest": "text",
     "state": [
      "inline",
      "ref",
      "redacted",
      "opaque",
      "absent"
     ],
     "text?": "text",
     "ref?": "text",
     "verification?": {
      "members": {
       "sections": {
        "members": {
         "present": {
          "list": "text"
         },
         "missing": {
          "list": "text"
         }
        }
       },
       "checks": {
        "list": "text"
       },
       "fact_score?": "share"
      }
     }
    }
   },
   "retention?": {
    "members": {
     "score": "share",
     "by_kind": {
      "keys": [
       "ask",
       "constraint",
       "decision",
       "open",
       "error",
       "failed_command",
       "url",
       "path",
       "id",
       "identifier"
      ],
      "values": {
       "members": {
        "kept": "count",
        "total": "count"
       }
      }
     },
     "facts": "count",
     "evicted": "count",
     "eroded": "count",
     "sheet_tokens": "count",
     "evicted_facts?": {
      "list": {
       "members": {
        "kind": [
         "ask",
         "constraint",
         "decision",
         "open",
         "error",
         "failed_command",
         "url",
         "path",
         "id",
         "identifier"
        ],
        "text": "text"
       }
      }
     }
    }
   },
   "ledger?": {
    "list": {
     "members": {
      "index?": "count",
      "id": "text",
      "role": "text",
      "kind": "text",
      "category": [
       "system",
       "developer",
       "tools",
       "protected",
       "summary",
       "user",
       "assistant",
       "reasoning",
       "tool_calls",
       "tool_results",
       "other"
      ],
      "fate": [
       "kept",
       "protected",
       "trimmed",
       "cleared",
       "summarized",
       "dropped"
      ],
      "tokens": "count",
      "tokens_after": "count",
      "reason?": "text",
      "tool?": "text",
      "pair?": "text",
      "sequence": "count",
      "archive_ref?": "text",
      "preview?": "text"
     }
    }
   },
   "ledger_ref?": "text",
   "redaction?": {
    "members": {
     "count": "count"
    }
   }
  }
 },
 "compact.token_estimate": {
  "members": {
   "schema_version": "ordinal",
   "id": "text",
   "session_id": "text",
   "call_index": "count",
   "model": "text",
   "t_est": "count",
   "max_tokens": "count",
   "usage_pct": "amount",
   "basis": [
    "provider",
    "tokenizer",
    "estimate"
   ],
   "breakdown": {
    "members": {
     "system": "count",
     "developer": "count",
     "tools_schema": "count",
     "memory": "count",
     "messages": "count",
     "user_input": "count"
    }
   },
   "categories": {
    "keys": [
     "system",
     "developer",
     "tools",
     "protected",
     "summary",
     "user",
     "assistant",
     "reasoning",
     "tool_calls",
     "tool_results",
     "other"
    ],
    "values": "count"
   }
  }
 },
 "compact.trigger_decision": {
  "members": {
   "schema_version": "ordinal",
   "id": "text",
   "session_id": "text",
   "call_index": "count",
   "triggered": "flag",
   "trigger": [
    "threshold",
    "manual",
    "overflow",
    "idle",
    "provider"
   ],
   "rule?": "text",
   "reason": "text",
   "t_est": "count",
   "window": {
    "members": {
     "limit": "count",
     "reserve": "count",
     "trigger": "count",
     "target": "count"
    }
   },
   "policy": {
    "members": {
     "trigger_pct": "number",
     "hard_cap_buffer": "count",
     "strategy": "text"
    },
    "isLoose": true
   },
   "kept?": {
    "members": {
     "pinned": "count",
     "recent_turns": "count",
     "tool_pairs": "count"
    }
   },
   "pruned_count?": "count"
  }
 },
 "compact.summary_created": {
  "members": {
   "schema_version": "ordinal",
   "id": "text",
   "session_id": "text",
   "call_index": "count",
   "strategy": "text",
   "method": [
    "model",
    "digest"
   ],
   "input_messages": "count",
   "input_tokens": "count",
   "shown_tokens?": "count",
   "summary_tokens": "count",
   "compression_ratio": "amount",
   "attempt": "count",
   "model?": "text",
   "part?": {
    "members": {
     "number": "count",
     "count": "count"
    }
   },
   "summary": {
    "members": {
     "id": "text",
     "version": "count",
     "parent_id?": "text",
     "tokens": "count",
     "digest": "text",
     "state": [
      "inline",
      "ref",
      "redacted",
      "opaque",
      "absent"
     ],
     "text?": "text",
     "ref?": "text",
     "verification?": {
      "members": {
       "sections": {
        "members": {
         "present": {
          "list": "text"
         },
         "missing": {
          "list": "text"
         }
        }
       },
       "checks": {
        "list": "text"
       },
       "fact_score?": "share"
      }
     }
    }
   }
  }
 },
 "compact.pruned_messages": {
  "members": {
   "schema_version": "ordinal",
   "id": "text",
   "session_id": "text",
   "call_index": "count",
   "pruned_count": "count",
   "pruned_tokens": "count",
   "kept": {
    "members": {
     "pinned": "count",
     "recent_turns": "count",
     "tool_pairs": "count"
    }
   },
   "ids": {
    "list": "text"
   },
   "breakdown": {
    "members": {
     "system": "count",
     "developer": "count",
     "tools_schema": "count",
     "memory": "count",
     "messages": "count",
     "user_input": "count"
    }
   }
  }
 },
 "compact.archival": {
  "members": {
   "schema_version": "ordinal",
   "id": "text",
   "session_id": "text",
   "call_index": "count",
   "step": "text",
   "storage_adapter": "text",
   "location": "text"
  }
 },
 "compact.error": {
  "members": {
   "schema_version": "ordinal",
   "id": "text",
   "session_id": "text",
   "call_index": "count",
   "error_type": "text",
   "message": "text",
   "fallback": "text",
   "attempt?": "count",
   "model?": "text",
   "wait_millis?": "count",
   "part?": {
    "members": {
     "number": "count",
     "count": "count"
    }
   }
  }
 }
};
