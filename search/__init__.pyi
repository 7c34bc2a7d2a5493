"""What search exports, by the room that each name is loaded from."""

from .breakdown import (
    Breakdown as Breakdown,
    BreakdownRequest as BreakdownRequest,
    BreakdownRow as BreakdownRow,
    GroupCounts as GroupCounts,
    KeyValue as KeyValue,
    answer_breakdown as answer_breakdown,
    export_breakdown as export_breakdown,
    read_keys as read_keys,
)
from .concordance import (
    Concordance as Concordance,
    ConcordanceLine as ConcordanceLine,
    ConcordanceRequest as ConcordanceRequest,
    SpeechCount as SpeechCount,
    build_concordance as build_concordance,
    count_in_speech as count_in_speech,
    export_concordance as export_concordance,
)
from .counting.marks import (
    find_marks as find_marks,
)
from .counting.size import (
    count_corpus_characters as count_corpus_characters,
    count_corpus_years as count_corpus_years,
)
from .dispersion import (
    Dispersion as Dispersion,
    DispersionRequest as DispersionRequest,
    Slice as Slice,
    answer_dispersion as answer_dispersion,
    export_dispersion as export_dispersion,
)
from .errors import (
    EngineUnreachableError as EngineUnreachableError,
    IndexProblem as IndexProblem,
    QueryError as QueryError,
)
from .frequencies.collocates import (
    Collocate as Collocate,
    Collocates as Collocates,
    CollocatesRequest as CollocatesRequest,
    find_collocates as find_collocates,
)
from .frequencies.exports import (
    MEASURE_NAMES as MEASURE_NAMES,
    REPEAT_NAMES as REPEAT_NAMES,
    SIDE_NAMES as SIDE_NAMES,
    UNIT_NAMES as UNIT_NAMES,
    WHICH_NAMES as WHICH_NAMES,
    describe_reference as describe_reference,
    export_collocates as export_collocates,
    export_forms as export_forms,
    export_keywords as export_keywords,
    export_ngrams as export_ngrams,
)
from .frequencies.forms import (
    Forms as Forms,
    FormsRequest as FormsRequest,
    MatchedForm as MatchedForm,
    count_forms as count_forms,
)
from .frequencies.keywords import (
    Keyword as Keyword,
    Keywords as Keywords,
    KeywordSide as KeywordSide,
    KeywordsRequest as KeywordsRequest,
    find_keywords as find_keywords,
    name_reference as name_reference,
)
from .frequencies.ngrams import (
    NGRAM_SIZES as NGRAM_SIZES,
    Ngram as Ngram,
    Ngrams as Ngrams,
    NgramsRequest as NgramsRequest,
    count_ngrams as count_ngrams,
    read_sizes as read_sizes,
)
from .index.access import (
    open_index as open_index,
    read_index_version as read_index_version,
)
from .index.checksums import (
    find_index_damage as find_index_damage,
    hold_index as hold_index,
)
from .index.following import (
    follow_changes as follow_changes,
)
from .index.indexing import (
    index_speeches as index_speeches,
    tidy_index as tidy_index,
)
from .index.lag import (
    read_changes_left as read_changes_left,
)
from .index.rebuilding import (
    rebuild_index as rebuild_index,
    repair_index as repair_index,
)
from .index.state import (
    Difference as Difference,
    check_index as check_index,
    read_index_state as read_index_state,
    read_state_at_rest as read_state_at_rest,
)
from .matching.names import (
    DatabaseNames as DatabaseNames,
    ThemeTree as ThemeTree,
)
from .matching.reading import (
    read_query as read_query,
)
from .matching.subcorpora import (
    read_asked as read_asked,
)
from .presentation.notes import (
    describe_coverage as describe_coverage,
    describe_filters as describe_filters,
    describe_proxies as describe_proxies,
    describe_today as describe_today,
    label_key_value as label_key_value,
    name_condition as name_condition,
)
from .presentation.sheets import (
    Cell as Cell,
    Sheet as Sheet,
    is_risky as is_risky,
    write_csv as write_csv,
)
from .presentation.speech_columns import (
    RowPlace as RowPlace,
    attach_speech_cells as attach_speech_cells,
    list_speech_columns as list_speech_columns,
)
from .presentation.statement import (
    describe_shares as describe_shares,
    write_statement as write_statement,
)
from .query import (
    parse_query as parse_query,
)
from .query.fields import (
    FIELD_LABELS as FIELD_LABELS,
)
from .query.nodes import (
    And as And,
    Node as Node,
    Or as Or,
    Phrase as Phrase,
    Words as Words,
)
from .query.values import (
    COMPLETENESS as COMPLETENESS,
)
from .query.writing import (
    quote_words as quote_words,
    write_query as write_query,
)
from .request import (
    ENDS as ENDS,
    FACETS as FACETS,
    KEYS as KEYS,
    MATCHES as MATCHES,
    NARROWING as NARROWING,
    RANGE as RANGE,
    Chip as Chip,
    Match as Match,
    SearchRequest as SearchRequest,
    explain_years as explain_years,
    name_years as name_years,
    names_value as names_value,
    read_choice as read_choice,
    read_years as read_years,
    write_years as write_years,
)
from .result import (
    Advice as Advice,
    Coverage as Coverage,
    FacetValue as FacetValue,
    Hit as Hit,
    HitPassage as HitPassage,
    PathStep as PathStep,
    RunReading as RunReading,
    SearchResult as SearchResult,
)
from .reuse.exports import (
    DIRECTION_NAMES as DIRECTION_NAMES,
    LABEL_NAMES as LABEL_NAMES,
    describe_rule as describe_rule,
    export_reuse as export_reuse,
)
from .reuse.finding import (
    list_stretches as list_stretches,
)
from .reuse.labels import (
    LABELS as LABELS,
    TOLD as TOLD,
    Label as Label,
)
from .reuse.located import (
    LocatedReuse as LocatedReuse,
    locate_in_draft as locate_in_draft,
    locate_in_speech as locate_in_speech,
)
from .reuse.pair import (
    PairReuse as PairReuse,
    compare_speeches as compare_speeches,
)
from .reuse.reading import (
    list_left as list_left,
    read_passages as read_passages,
)
from .reuse.result import (
    FormulaStretch as FormulaStretch,
    ReusedPassage as ReusedPassage,
    ReuseSource as ReuseSource,
)
from .running import (
    count_hits as count_hits,
    find_speech_ids as find_speech_ids,
    prepare_search as prepare_search,
    run_search as run_search,
    search_answered as search_answered,
)
from .similar.exports import (
    describe_learning as describe_learning,
    describe_outcome as describe_outcome,
    describe_similarity as describe_similarity,
    export_similar as export_similar,
)
from .similar.learning import (
    is_learning_due as is_learning_due,
    learn_similar as learn_similar,
)
from .similar.lookup import (
    SimilarWord as SimilarWord,
    SimilarWords as SimilarWords,
    find_similar as find_similar,
)
from .spread import (
    CourseTurns as CourseTurns,
    FirstSeen as FirstSeen,
    OutlinePoint as OutlinePoint,
    OutlineRank as OutlineRank,
    SpeechPoint as SpeechPoint,
    Spread as Spread,
    SpreadRequest as SpreadRequest,
    SpreadYear as SpreadYear,
    answer_spread as answer_spread,
    export_spread as export_spread,
)
from .study.answer import (
    Grounds as Grounds,
    StudyAnswer as StudyAnswer,
)
from .study.opening import (
    measure_matched as measure_matched,
)
from .study.positions import (
    describe_position as describe_position,
    read_position as read_position,
)
from .study.request import (
    StudyRequest as StudyRequest,
)
from .suggest.corpus import (
    CorpusSuggestions as CorpusSuggestions,
    load_suggestions as load_suggestions,
)
from .suggest.entries import (
    Offer as Offer,
)
from .suggest.lookup import (
    Suggestion as Suggestion,
)
from .suggest.synonyms import (
    expand_synonyms as expand_synonyms,
    find_synonym_groups as find_synonym_groups,
    fold_synonym as fold_synonym,
)
from .trends import (
    ExpressionError as ExpressionError,
    Period as Period,
    Point as Point,
    Series as Series,
    Trend as Trend,
    TrendRequest as TrendRequest,
    answer_trend as answer_trend,
    clean_expressions as clean_expressions,
    export_trend as export_trend,
    find_point as find_point,
)
